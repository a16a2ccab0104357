using System.Diagnostics;

namespace Integr8sCode.LoadRuns;

/// <summary>From submitting a script to its stored result, one at a time on an idle platform, in starts of a bare interpreter.</summary>
internal static class LatencyRun
{
    private const string Python = "/usr/bin/python3";
    private const int WarmUps = 10;
    private const int Count = 50;
    private const double MostPythonStarts = 6;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan ResultLimit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        if (!File.Exists(Python))
        {
            throw new LoadException($"there is no {Python} to compare with");
        }

        report.Progress.Show("latency", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(options => options, cancellationToken);
        var (bare, submitted) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = -WarmUps; i < Count; i++)
        {
            var start = await StartPythonAsync(cancellationToken);
            var result = await SubmitAsync(platform.User, cancellationToken);
            if (i < 0) continue;
            bare.Add(start);
            submitted.Add(result);
            report.Progress.Show("latency", (i + 1.0) / Count, $"{i + 1} of {Count}");
        }

        Report(report, Of(bare), Of(submitted));
    }

    private static void Report(LoadReport report, Samples bare, Samples submitted)
    {
        report.AddPart($"latency: python hello, one after the other, {Count} times");
        report.Add($"{Python} -I -c pass", bare);
        report.Add("submit to stored result", submitted);
        report.Add(Target.AtMost(
            "latency: median, in bare python starts", submitted.MedianMilliseconds / bare.MedianMilliseconds, MostPythonStarts));
    }

    private static Samples Of(List<TimeSpan> durations) => new(durations, 0, durations.Aggregate((sum, each) => sum + each));

    private static async Task<TimeSpan> StartPythonAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Python, ["-I", "-c", "pass"]);
        await process.WaitForExitAsync(cancellationToken);
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> SubmitAsync(ApiUser user, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var id = await user.SubmitAsync("python", "print('hello')", cancellationToken);
        while (await user.GetAsync(id, cancellationToken) is var execution && execution["timestamps"]!["result_stored_at"] is null)
        {
            if (watch.Elapsed > ResultLimit)
            {
                throw new LoadException($"no result after {ResultLimit.TotalSeconds} s: {execution.ToJsonString()}");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }

        return watch.Elapsed;
    }
}
