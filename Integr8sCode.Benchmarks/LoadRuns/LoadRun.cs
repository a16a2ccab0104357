using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>Measures the platform as real processes, against something simple on the same machine in the same minute.</summary>
internal static class LoadRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private static readonly OrderedDictionary<string, Func<LoadReport, CancellationToken, Task>> Runs = new()
    {
        ["accept"] = AcceptRun.RunAsync,
        ["latency"] = LatencyRun.RunAsync,
        ["tracing"] = TracingRun.RunAsync,
        ["adaptive"] = AdaptiveRun.RunAsync,
        ["ring"] = RingRun.RunAsync,
        ["drain"] = DrainRun.RunAsync,
        ["streams"] = StreamsRun.RunAsync,
        ["traces"] = TraceStoreRun.RunAsync,
    };

    public static IEnumerable<string> Parts => Runs.Keys;

    /// <returns>0 when every target is met, 1 when one is missed or the platform does not start, 2 for an unknown part.</returns>
    public static async Task<int> RunAsync(string[] parts)
    {
        if (parts.FirstOrDefault(part => !Runs.ContainsKey(part)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"error: unknown part '{unknown}'; known are {string.Join(", ", Runs.Keys)}");
            return 2;
        }

        return await MeasureAsync(
            async (report, stop) =>
            {
                foreach (var part in Runs.Keys.Where(part => parts is [] || parts.Contains(part)))
                {
                    await Runs[part](report, stop);
                }
            },
            Limit);
    }

    /// <summary>Runs into a report until it is done, the time is over, or Ctrl-C; then writes what there is.</summary>
    public static async Task<int> MeasureAsync(Func<LoadReport, CancellationToken, Task> run, TimeSpan limit)
    {
        using var stop = new CancellationTokenSource(limit);
        Console.CancelKeyPress += (_, interrupt) =>
        {
            interrupt.Cancel = true;
            stop.Cancel();
        };
        var report = new LoadReport();
        try
        {
            await run(report, stop.Token);
        }
        catch (Exception failure) when (failure is PlatformException or LoadException or OperationCanceledException)
        {
            report.Write(Console.Out);
            await Console.Error.WriteLineAsync($"error: the run did not finish: {failure.Message}");
            return 1;
        }

        report.Write(Console.Out);
        return report.IsMet ? 0 : 1;
    }
}
