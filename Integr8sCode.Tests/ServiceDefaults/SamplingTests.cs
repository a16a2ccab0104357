using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class SamplingTests
{
    private const string Kept = "00-11111111111111111111111111111111-2222222222222222-01";
    private const string Dropped = "00-33333333333333333333333333333333-4444444444444444-00";

    [Theory]
    [InlineData("always_on", true, true, true)]
    [InlineData("always_off", false, false, false)]
    [InlineData("parentbased_always_on", true, true, false)]
    [InlineData("parentbased_always_off", false, true, false)]
    [InlineData("", true, true, false)]
    public async Task Each_sampler_decides_on_roots_and_on_both_kinds_of_parents(string sampler, bool root, bool kept, bool dropped)
    {
        await using var service = await ObservedService.StartAsync(MapWork, ("OTEL_TRACES_SAMPLER", sampler));
        await service.GetAsync("/work");
        await service.GetAsync("/work", ("traceparent", Kept));
        await service.GetAsync("/work", ("traceparent", Dropped));

        var traces = (await service.StopAsync()).Where(span => span.Name == "GET /work").Select(span => span.TraceId).ToList();

        Assert.Equal(root, traces.Exists(id => id is not ("11111111111111111111111111111111" or "33333333333333333333333333333333")));
        Assert.Equal(kept, traces.Contains("11111111111111111111111111111111"));
        Assert.Equal(dropped, traces.Contains("33333333333333333333333333333333"));
    }

    [Theory]
    [InlineData("traceidratio", 0.25)]
    [InlineData("parentbased_traceidratio", 0.25)]
    [InlineData("parentbased_traceidratio", 0)]
    [InlineData("parentbased_traceidratio", 1)]
    public async Task A_ratio_keeps_its_share_of_whole_traces(string sampler, double ratio)
    {
        const int Requests = 400;
        await using var service = await ObservedService.StartAsync(
            MapWork, ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", ratio.ToString(CultureInfo.InvariantCulture)));
        for (var request = 0; request < Requests; request++) await service.GetAsync("/work");

        var spans = await service.StopAsync();

        var traces = spans.GroupBy(span => span.TraceId).ToList();
        var tolerance = ratio is 0 or 1 ? 0 : 0.11; // five standard deviations
        Assert.InRange(traces.Count / (double)Requests, ratio - tolerance, ratio + tolerance);
        Assert.All(traces, trace => Assert.Equal(2, trace.Count()));
    }

    [Theory]
    [InlineData("always_on")]
    [InlineData("parentbased_always_on")]
    public async Task Probes_leave_no_span_and_neither_does_what_their_checks_do(string sampler)
    {
        await using var service = await ObservedService.StartAsync(
            builder => builder.Services.AddHealthChecks().AddCheck("store", () =>
            {
                using var query = ObservedService.Source.StartActivity("find store");
                return HealthCheckResult.Healthy();
            }),
            MapWork,
            ("OTEL_TRACES_SAMPLER", sampler));
        await service.GetAsync("/health");
        await service.GetAsync("/alive");
        await service.GetAsync("/health", ("traceparent", Kept));
        await service.GetAsync("/work");

        var spans = await service.StopAsync();

        Assert.Equal(["GET /work", "work"], spans.Select(span => span.Name).Order());
    }

    private static void MapWork(WebApplication app) => app.MapGet("/work", () =>
    {
        using var work = ObservedService.Source.StartActivity("work");
    });
}
