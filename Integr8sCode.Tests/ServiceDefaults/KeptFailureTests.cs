using System.Diagnostics;
using System.Text;
using Integr8sCode.TraceKeeping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.ServiceDefaults;

/// <summary>A sampler that keeps one trace in a million, and failures that are exported all the same.</summary>
[Collection(TelemetryTestsAlone.Name)]
public sealed class KeptFailureTests
{
    private static readonly (string Name, string Value)[] Rarely = [("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.000001")];

    [Theory]
    [InlineData("traceidratio")]
    [InlineData("parentbased_traceidratio")]
    public async Task A_failed_request_is_exported_whole_and_a_good_one_not_at_all(string sampler)
    {
        await using var service = await ObservedService.StartAsync(Map, ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", "0.000001"));
        await service.GetAsync("/fine");
        await service.GetAsync("/fails");
        await service.GetAsync("/fine");

        var spans = await service.StopAsync();

        Assert.Equal(["GET /fails", "query"], spans.Select(span => span.Name).Order());
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
        Assert.All(spans, span => Assert.Equal(("error", ""), (span["sampling.reason"], span.TraceState)));
    }

    [Fact]
    public async Task The_adaptive_sampler_loses_no_failure_either()
    {
        await using var service = await ObservedService.StartAsync(
            Map, ("OTEL_TRACES_SAMPLER", "adaptive"), ("OTEL_TRACES_SAMPLER_ARG", "1,0.000001,0.000001"));
        await service.GetAsync("/fine");
        await service.GetAsync("/fails");

        Assert.Equal(["GET /fails", "query"], (await service.StopAsync()).Select(span => span.Name).Order());
    }

    [Fact]
    public async Task What_another_process_decides_is_obeyed_once()
    {
        await using var service = await ObservedService.StartAsync(Map, Rarely);
        await service.GetAsync("/fine", ("traceparent", "00-11111111111111111111111111111111-2222222222222222-00"));
        await service.GetAsync("/fine", ("traceparent", "00-33333333333333333333333333333333-4444444444444444-00"));
        var keeper = service.Services.GetRequiredService<TraceKeeper>();

        keeper.Hear("33333333333333333333333333333333 timeout"u8);
        keeper.Hear("33333333333333333333333333333333 timeout"u8);

        var spans = await service.StopAsync();
        Assert.Equal(["GET /fine", "query"], spans.Select(span => span.Name).Order());
        Assert.All(spans, span => Assert.Equal(("33333333333333333333333333333333", "timeout"), (span.TraceId, span["sampling.reason"])));
    }

    [Fact]
    public async Task A_failure_is_told_once_at_the_first_failed_try()
    {
        await using var service = await ObservedService.StartAsync(Map, Rarely);
        var keeper = service.Services.GetRequiredService<TraceKeeper>();
        var told = new List<string>();
        keeper.Decided += message => told.Add(Encoding.ASCII.GetString(message));
        var context = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, null, isRemote: true);

        Consume(context, fails: true);
        Assert.Equal([$"{context.TraceId} error"], told);
        Consume(context, fails: true);
        Consume(context, fails: false);
        keeper.Hear(Encoding.ASCII.GetBytes(told[0])); // as every process, this one hears itself

        var spans = await service.StopAsync();
        Assert.Single(told);
        Assert.Equal(6, spans.Count);
        Assert.All(spans, span => Assert.Equal("error", span["sampling.reason"]));
    }

    [Fact]
    public async Task What_ends_or_starts_after_the_failure_belongs_to_the_trace_and_tells_the_next_process()
    {
        await using var service = await ObservedService.StartAsync(Map, Rarely);
        var before = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, "ot=th:8,vendor=1", isRemote: true);

        var running = ObservedService.Source.StartActivity("running", ActivityKind.Consumer, before)!;
        using (var failing = ObservedService.Source.StartActivity("failing")) failing!.SetStatus(ActivityStatusCode.Error);
        using (var next = ObservedService.Source.StartActivity("publish", ActivityKind.Producer))
        {
            Assert.Equal((ActivityTraceFlags.Recorded, "vendor=1"), (next!.ActivityTraceFlags, next.TraceStateString));
        }
        running.Stop();

        var spans = await service.StopAsync();
        Assert.Equal(["failing", "publish", "running"], spans.Select(span => span.Name).Order());
        Assert.All(spans, span => Assert.Equal(("error", "vendor=1"), (span["sampling.reason"], span.TraceState)));
    }

    [Theory]
    [InlineData(ActivityKind.Internal, "sandbox.queue_seconds", 61.0, "slow")]
    [InlineData(ActivityKind.Consumer, "app.queue.wait_ms", 61_000.0, "slow")]
    [InlineData(ActivityKind.Consumer, "app.queue.wait_ms", 59_000.0, null)]
    [InlineData(ActivityKind.Client, "took", 61.0, "slow")]
    [InlineData(ActivityKind.Client, "took", 1.0, null)]
    public async Task Slow_work_and_long_waits_are_kept(ActivityKind kind, string tag, double value, string? reason)
    {
        await using var service = await ObservedService.StartAsync(Map, [.. Rarely, ("Traces:KeepSlowerThan", "00:01:00")]);
        using (var work = ObservedService.Source.StartActivity(kind, name: "work", tags: [new(tag, value)]))
        {
            if (tag == "took") work!.SetEndTime(work.StartTimeUtc.AddSeconds(value));
        }

        Assert.Equal(reason, (await service.StopAsync()).SingleOrDefault()?["sampling.reason"]);
    }

    [Fact]
    public async Task Dead_letters_and_timeouts_say_so()
    {
        await using var service = await ObservedService.StartAsync(Map, Rarely);
        using (ObservedService.Source.StartActivity("dlq.consume", ActivityKind.Consumer)) { }
        using (var run = ObservedService.Source.StartActivity("sandbox.run"))
        {
            run!.SetTag("sandbox.outcome", "timeout").SetStatus(ActivityStatusCode.Error);
        }

        var spans = await service.StopAsync();
        Assert.Equal(
            [("dlq.consume", "dead_letter"), ("sandbox.run", "timeout")],
            spans.Select(span => (span.Name, (string?)span["sampling.reason"])).Order());
    }

    [Fact]
    public async Task A_failing_probe_stays_untraced()
    {
        await using var service = await ObservedService.StartAsync(
            builder => builder.Services.AddHealthChecks().AddCheck("store", () =>
            {
                using var query = ObservedService.Source.StartActivity("find store");
                query?.SetStatus(ActivityStatusCode.Error);
                return HealthCheckResult.Unhealthy();
            }),
            Map, Rarely);
        await service.GetAsync("/health");

        Assert.Empty(await service.StopAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "OTEL_TRACES_SAMPLER", "adaptive")]
    [InlineData(true, "OTEL_TRACES_SAMPLER", "parentbased_always_on")]
    [InlineData(true, "OTEL_TRACES_SAMPLER_ARG", "1")]
    [InlineData(false, "OTEL_TRACES_SAMPLER_ARG", "0")]
    [InlineData(false, "OTEL_TRACES_SAMPLER", "always_on")]
    [InlineData(false, "OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData(false, "OTEL_TRACES_SAMPLER", "parentbased_always_off")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData(false, "OTEL_TRACES_EXPORTER", "none")]
    [InlineData(false, "OTEL_SDK_DISABLED", "true")]
    [InlineData(false, "Traces:KeepFailures", "false")]
    public async Task There_is_a_ring_only_where_failures_can_be_lost_and_have_a_place_to_go(bool expected, string name = "", string value = "")
    {
        await using var service = await ObservedService.StartAsync(
            Map, [("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.05"), .. name == "" ? [] : new[] { (name, value) }]);

        Assert.Equal(expected, service.Services.GetService<TraceKeeper>() is not null);
    }

    [Fact]
    public async Task Without_the_ring_a_failure_can_be_lost()
    {
        await using var service = await ObservedService.StartAsync(Map, [.. Rarely, ("Traces:KeepFailures", "false")]);
        await service.GetAsync("/fails");

        Assert.Empty(await service.StopAsync());
    }

    private static void Consume(ActivityContext message, bool fails)
    {
        using var consume = ObservedService.Source.StartActivity("kafka.consume", ActivityKind.Consumer, message);
        using (ObservedService.Source.StartActivity("query")) { }
        if (fails) consume!.SetStatus(ActivityStatusCode.Error);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/fine", Query);
        app.MapGet("/fails", () =>
        {
            Query();
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
    }

    private static void Query()
    {
        using var query = ObservedService.Source.StartActivity("query");
    }
}
