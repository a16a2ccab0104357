using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Integr8sCode.LoadRuns;

/// <summary>Ten thousand scripts wait for a worker; then it starts. None may be lost or run to two results, and no process may keep growing.</summary>
internal static class DrainRun
{
    private const int Count = 10_000;
    private const int Submitters = 16;
    private const double MostGrowth = 1.25;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NoProgressLimit = TimeSpan.FromSeconds(60);
    private static readonly (string Language, string Script)[] Hellos = [("bash", "echo hello"), ("python", "print('hello')")];

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("drain", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(options => options, cancellationToken);
        await platform.StopAsync(PlatformUnderLoad.Worker);
        var ids = await SubmitAsync(platform.User, cancellationToken);
        report.Progress.Show("drain", 0, $"{Count} wait, the worker starts");

        var watch = Stopwatch.StartNew();
        await platform.Platform[PlatformUnderLoad.Worker].StartAsync(cancellationToken);
        using var memory = new MemoryWatch(platform.Platform.All);
        var wrong = await WaitForResultsAsync(platform.User, ids, report.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        memory.Dispose();

        report.AddHeading(string.Create(CultureInfo.InvariantCulture,
            $"drain: {Count} waiting hellos, half bash, half python: {elapsed.TotalSeconds:0} s, {Count / elapsed.TotalSeconds:0.0} a second"));
        memory.AddTo(report);
        report.Add(Target.AtMost("drain: scripts without exactly one right result", wrong, 0));
        report.Add(Target.AtMost("drain: memory of the last quarter over the second", memory.Growth, MostGrowth));
    }

    private static async Task<IReadOnlyList<Guid>> SubmitAsync(ApiUser user, CancellationToken cancellationToken)
    {
        var ids = new ConcurrentBag<Guid>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Submitters, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, Count, options, async (i, stop) =>
        {
            var (language, script) = Hellos[i % Hellos.Length];
            ids.Add(await user.SubmitAsync(language, script, stop));
        });
        return [.. ids.Order()]; // ids are UUIDv7: the order in which they run
    }

    /// <returns>How many did not come to exactly one right result.</returns>
    private static async Task<int> WaitForResultsAsync(
        ApiUser user, IReadOnlyList<Guid> ids, Progress progress, CancellationToken cancellationToken)
    {
        var wrong = 0;
        for (var i = 0; i < ids.Count; i++)
        {
            var execution = await WaitForResultAsync(user, ids[i], cancellationToken);
            if (!IsHello(execution) || !await HasOneResultAsync(user, ids[i], cancellationToken)) wrong++;
            progress.Show("drain", (i + 1.0) / ids.Count, $"{i + 1} of {ids.Count}");
        }

        return wrong;
    }

    /// <returns>The execution with its result, or as it stands when it has not come in time.</returns>
    private static async Task<JsonNode> WaitForResultAsync(ApiUser user, Guid id, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var execution = await user.GetAsync(id, cancellationToken);
            if (execution["timestamps"]!["result_stored_at"] is not null || waited.Elapsed > NoProgressLimit) return execution;
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private static bool IsHello(JsonNode execution) =>
        (string?)execution["status"] == "completed" && (int?)execution["exit_code"] == 0 && (string?)execution["stdout"] == "hello\n";

    private static async Task<bool> HasOneResultAsync(ApiUser user, Guid id, CancellationToken cancellationToken)
    {
        var types = await user.ListEventTypesAsync(id, cancellationToken);
        return types.Count(type => type == "execution.completed") == 1 && types.Count(type => type == "result.stored") == 1;
    }
}
