using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class SamplingTests
{
    private const string KeptId = "11111111111111111111111111111111";
    private const string Kept = $"00-{KeptId}-2222222222222222-01";
    private const string DroppedId = "33333333333333333333333333333333";
    private const string Dropped = $"00-{DroppedId}-4444444444444444-00";

    [Theory]
    [InlineData("always_on", true, true, true)]
    [InlineData("always_off", false, false, false)]
    [InlineData("parentbased_always_on", true, true, false)]
    [InlineData("parentbased_always_off", false, true, false)]
    [InlineData("", true, true, false)]
    public async Task Each_sampler_decides_on_roots_and_on_both_kinds_of_trusted_parents(string sampler, bool root, bool kept, bool dropped) =>
        Assert.Equal((root, kept, dropped), await DecideAsync(("OTEL_TRACES_SAMPLER", sampler), ("Traces:TrustCallers", "true")));

    [Theory]
    [InlineData("always_on", true)]
    [InlineData("always_off", false)]
    [InlineData("parentbased_always_on", true)]
    [InlineData("parentbased_always_off", false)]
    [InlineData("", true)]
    public async Task A_callers_flag_decides_nothing_unless_callers_are_trusted(string sampler, bool kept) =>
        Assert.Equal((kept, kept, kept), await DecideAsync(("OTEL_TRACES_SAMPLER", sampler)));

    [Fact]
    public async Task No_trace_id_and_no_random_value_of_a_caller_forces_sampling()
    {
        await using var service = await ObservedService.StartAsync(
            MapWork, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.01"));
        for (var request = 0; request < 100; request++)
        {
            await service.GetAsync(
                "/work",
                ("traceparent", $"00-{ActivityTraceId.CreateRandom().ToHexString()[..18]}ffffffffffffff-2222222222222222-01"),
                ("tracestate", "ot=rv:ffffffffffffff;th:0"));
        }

        var traces = (await service.StopAsync()).DistinctBy(span => span.TraceId).Count();

        Assert.InRange(traces, 0, 12); // 1 is expected; more than 12 happen once in 10 billion runs
    }

    [Fact]
    public async Task What_a_ratio_keeps_tells_its_probability_to_the_whole_trace_beside_other_vendors()
    {
        await using var service = await ObservedService.StartAsync(
            MapWork, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "1"));
        await service.GetAsync("/work");
        await service.GetAsync("/work", ("traceparent", Kept), ("tracestate", "vendor=1,ot=th:8;x:y,other=2"));

        var spans = await service.StopAsync();

        var states = spans.ToLookup(span => span.TraceId == KeptId, span => span.TraceState);
        Assert.Equal(["ot=th:0", "ot=th:0"], states[false]);
        Assert.All(states[true], state => Assert.Matches("^ot=th:0;rv:[0-9a-f]{14},vendor=1,other=2$", state));
        Assert.Single(states[true].Distinct());
        Assert.DoesNotContain(spans, span => span.Attributes.Keys.Any(key => key.Contains("sampling", StringComparison.Ordinal)));
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

    private static async Task<(bool Root, bool Kept, bool Dropped)> DecideAsync(params (string Name, string Value)[] settings)
    {
        await using var service = await ObservedService.StartAsync(MapWork, settings);
        await service.GetAsync("/work");
        await service.GetAsync("/work", ("traceparent", Kept));
        await service.GetAsync("/work", ("traceparent", Dropped));

        var traces = (await service.StopAsync()).Where(span => span.Name == "GET /work").Select(span => span.TraceId).ToList();

        return (traces.Exists(id => id is not (KeptId or DroppedId)), traces.Contains(KeptId), traces.Contains(DroppedId));
    }

    private static void MapWork(WebApplication app) => app.MapGet("/work", () =>
    {
        using var work = ObservedService.Source.StartActivity("work");
    });
}
