using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Integr8sCode.LoadRuns;

/// <summary>
/// Many executions at 5 % sampling, of which one in a hundred runs into its time limit: has every one of those its whole trace, and how
/// much is exported for that?
/// </summary>
internal static class SampledFailuresRun
{
    public const int DefaultExecutions = 20_000;

    private const int Users = 16;
    private const int OneFailsIn = 100;
    private const double MostExported = 0.08;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ExportLimit = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int executions, LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("sampling", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(
            options => options.With("OTEL_TRACES_SAMPLER", "parentbased_traceidratio").With("OTEL_TRACES_SAMPLER_ARG", "0.05"), cancellationToken);
        var watch = Stopwatch.StartNew();
        var ended = await ExecuteAsync(platform.User, executions, report.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        await Task.Delay(ExportLimit, cancellationToken);

        using var traces = new StoredTraces(platform.Platform.Traces);
        var (failed, fine) = (new List<StoredTrace>(), new List<StoredTrace>());
        foreach (var execution in ended)
        {
            var trace = await traces.FindAsync((string)execution["trace_id"]!, cancellationToken);
            ((string?)execution["status"] == "completed" ? fine : failed).Add(trace);
        }
        Report(report, failed, fine, elapsed);
    }

    private static async Task<IReadOnlyCollection<JsonNode>> ExecuteAsync(
        ApiUser user, int executions, Progress progress, CancellationToken cancellationToken)
    {
        var ended = new ConcurrentQueue<JsonNode>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Users, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, executions, options, async (number, stop) =>
        {
            var id = number % OneFailsIn == 0
                ? await user.SubmitAsync(new { script = "sleep 60", language = "bash", timeout_seconds = 1 }, stop)
                : await user.SubmitAsync("bash", "echo fine", stop);
            ended.Enqueue(await WaitAsync(user, id, stop));
            progress.Show("sampling", (double)ended.Count / executions, $"{ended.Count} of {executions}");
        });
        return ended;
    }

    private static async Task<JsonNode> WaitAsync(ApiUser user, Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(PollInterval, cancellationToken);
            var execution = await user.GetAsync(id, cancellationToken);
            if (execution["timestamps"]!["result_stored_at"] is not null) return execution;
        }
    }

    // What is not stored cannot be counted; an execution that was sampled at its start tells how many spans one has.
    private static void Report(LoadReport report, List<StoredTrace> failed, List<StoredTrace> fine, TimeSpan elapsed)
    {
        var sampled = fine.Where(trace => trace.Spans > 0).ToList();
        var spansOfOne = sampled.Count == 0 ? double.NaN : sampled.Select(trace => trace.Spans).Order().ElementAt(sampled.Count / 2);
        var all = failed.Concat(fine).ToList();
        report.AddHeading(FormattableString.Invariant(
            $"sampling at 5 %: {all.Count} executions, {failed.Count} of them failed, in {elapsed.TotalSeconds:0} s, {all.Count / elapsed.TotalSeconds:0.0} a second"));
        report.AddNote(FormattableString.Invariant($"{sampled.Count} that did not fail have a trace, {sampled.Count(trace => trace.IsWhole)} of them whole; {spansOfOne} spans each"));
        report.Add(Target.AtLeast("sampling: share of failed executions with a whole trace", (double)failed.Count(trace => trace.IsWhole) / failed.Count, 1));
        report.Add(Target.AtMost("sampling: share of all spans that is exported", all.Sum(trace => trace.Spans) / (spansOfOne * all.Count), MostExported));
    }
}
