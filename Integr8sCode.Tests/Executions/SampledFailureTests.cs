using Integr8sCode.Infrastructure;

namespace Integr8sCode.Executions;

/// <summary>
/// At 5 % sampling, every execution that fails has its whole trace, in real processes over the real broker. A failure is what ends a
/// span with an error: here a script that reaches a limit of its sandbox. One that exits with 1 by itself has run as it should.
/// </summary>
public sealed class SampledFailureTests
{
    private const int Executions = 200;
    private const int OneFailsIn = 20;

    private static readonly string[] Services = ["execution-worker", "integr8scode-backend", "result-processor", "saga-orchestrator"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_failed_execution_has_its_whole_trace_and_few_others_have_one()
    {
        // The requests that ask for the results fill the API's ring too: on a slow machine more of them than it holds by default.
        await using var test = await PlatformUnderTest.StartAsync(
            options => PlatformUnderTest.MainFlowOnly(options)
                .With("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
                .With("OTEL_TRACES_SAMPLER_ARG", "0.05")
                .With("Traces__KeepSpans", "32768"),
            Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var traces = new TraceReader(test.Platform.Traces);

        var ids = new List<Guid>();
        for (var i = 0; i < Executions; i++) ids.Add(await SubmitAsync(user, i));
        var (failed, fine) = (new List<string>(), new List<string>());
        foreach (var id in ids)
        {
            var ended = await user.GetEndedAsync(id);
            (ended["status"]!.GetValue<string>() == "completed" ? fine : failed).Add(ended["trace_id"]!.GetValue<string>());
        }

        Assert.Equal(Executions / OneFailsIn, failed.Count);
        foreach (var id in failed)
        {
            var spans = await traces.ReadWhenAsync(id, IsWhole);
            Assert.Single(spans.Select(span => span.Text("w3c.tracestate")).Distinct()); // the threshold it was sampled with, or none
            Assert.All(spans, span => Assert.NotEqual(span.Text("sampling.reason") is null, span.Text("w3c.tracestate") is null));
        }

        foreach (var service in Services) await test.Platform[service].StopAsync(TimeSpan.FromSeconds(10)); // a stop flushes
        var stored = 0;
        foreach (var id in fine) stored += (await traces.FindAsync(id)).Count > 0 ? 1 : 0;
        Assert.InRange(stored, 0, 30); // 9.5 are expected; more than 30 happen once in a hundred million runs
    }

    private static Task<Guid> SubmitAsync(ApiUser user, int number) => (number % OneFailsIn, number % (2 * OneFailsIn)) switch
    {
        (0, 0) => user.SubmitAsync(new { script = "sleep 60", language = "bash", timeout_seconds = 1 }),
        (0, _) => user.SubmitAsync("kept = []\nwhile True: kept.append(bytes(range(256)) * 65536)"),
        _ => user.SubmitAsync($"echo {number}; exit {number % 2}", "bash"),
    };

    /// <summary>Each step from the request to the stored result, and no span whose parent is missing.</summary>
    private static bool IsWhole(IReadOnlyList<StoredSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Count(span => span.ParentId is null) == 1
            && spans.All(span => span.ParentId is null || ids.Contains(span.ParentId))
            && Services.All(service => spans.Any(span => span.Service == service))
            && spans.Where(span => span.Name == "kafka.publish").Select(span => span.Text("event.type")).Distinct().Count() >= 5
            && spans.Any(span => span.Name == "sandbox.run")
            && spans.Any(span => span.Text("saga.step") == "await_outcome");
    }
}
