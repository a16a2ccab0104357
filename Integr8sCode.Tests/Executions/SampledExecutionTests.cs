using Integr8sCode.Infrastructure;

namespace Integr8sCode.Executions;

/// <summary>What the Api decides about a trace holds for every process behind it.</summary>
public sealed class SampledExecutionTests
{
    private const int Executions = 20;

    private static readonly string[] Services = ["execution-worker", "integr8scode-backend", "result-processor", "saga-orchestrator"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_is_kept_whole_or_not_at_all_whatever_the_caller_wants()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => PlatformUnderTest.MainFlowOnly(options)
                .With("OTEL_TRACES_SAMPLER", "parentbased_traceidratio").With("OTEL_TRACES_SAMPLER_ARG", "0.5"),
            Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var traces = new TraceReader(test.Platform.Traces);

        var ids = new List<string>();
        for (var i = 0; i < Executions; i++) ids.Add(await ExecuteAsync(user, $"00-{i + 1:x32}-00000000000000ff-01"));
        foreach (var service in Services) await test.Platform[service].StopAsync(TimeSpan.FromSeconds(10)); // a stop flushes

        var kept = new List<IReadOnlyList<StoredSpan>>();
        foreach (var id in ids)
        {
            if (await traces.FindAsync(id) is { Count: > 0 } spans) kept.Add(spans);
        }
        Assert.InRange(kept.Count, 1, Executions - 1); // all or none happen once in half a million runs
        Assert.All(kept, spans => Assert.Superset(Services.ToHashSet(), spans.Select(span => span.Service).ToHashSet()));
        Assert.All(kept.SelectMany(spans => spans), span => Assert.Matches("^ot=th:8;rv:[89a-f][0-9a-f]{13}$", span.Text("w3c.tracestate")));
    }

    private static async Task<string> ExecuteAsync(ApiUser user, string traceParent)
    {
        user.Http.DefaultRequestHeaders.Remove("traceparent");
        user.Http.DefaultRequestHeaders.Add("traceparent", traceParent);
        var id = await user.SubmitAsync("echo done", "bash");
        user.Http.DefaultRequestHeaders.Remove("traceparent");
        return (await user.GetEndedAsync(id))["trace_id"]!.GetValue<string>();
    }
}
