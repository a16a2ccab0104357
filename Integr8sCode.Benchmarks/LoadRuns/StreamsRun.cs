using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>Many readers of server-sent events at one time: half of one running script, half of their user's notifications.</summary>
internal static class StreamsRun
{
    private const int Readers = 500;
    private const string Notifications = "/api/v1/notifications/stream";
    private const double MostGrowth = 1.10;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A line a second for longer than the run takes.
    private const string Script = "import time\nfor i in range(280):\n  print(i, flush=True)\n  time.sleep(1)";

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("streams", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(
            options => options.With("Streams__MaxPerUser", $"{Readers}", Services.Backend), cancellationToken);
        var id = await platform.User.SubmitAsync(new { script = Script, language = "python", timeout_seconds = 290 }, cancellationToken);
        using var http = ClientOf(platform.Platform);
        var readers = Enumerable.Range(0, Readers).Select(i => new StreamingReader(http, i % 2 == 0 ? $"/api/v1/executions/{id}/stream" : Notifications)).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = readers.ConvertAll(reader => reader.ReadAsync(stop.Token));
        while (readers.Exists(reader => reader.Items == 0) && !reading.Exists(task => task.IsFaulted))
        {
            await Task.Delay(Interval, cancellationToken);
        }

        Service[] api = [platform.Platform[Services.Backend]];
        var (before, use) = (readers.Sum(reader => reader.Items), new ProcessorUse(api));
        var memory = await NotifyAsync(platform, api, report.Progress, cancellationToken);
        var open = reading.Count(task => !task.IsCompleted);
        await stop.CancelAsync();
        await Task.WhenAll(reading);

        var items = readers.Sum(reader => reader.Items) - before;
        report.AddHeading(string.Create(CultureInfo.InvariantCulture,
            $"streams: {Readers} readers, half of a script's lines, half of notifications, one of each a second: {items / Duration.TotalSeconds:0} items a second"));
        memory.AddTo(report);
        use.AddTo(report, "processor time of an item", items);
        report.Add(Target.AtLeast("streams: readers that were served to the end", open, Readers));
        report.Add(Target.AtLeast("streams: items of the reader that had the fewest", readers.Min(reader => reader.Items), Duration.TotalSeconds / 2));
        report.Add(Target.AtMost("streams: memory of the Api, last quarter over second", memory.Growth, MostGrowth));
    }

    /// <summary>Ends a script a second, which tells every second reader something.</summary>
    private static async Task<MemoryWatch> NotifyAsync(
        PlatformUnderLoad platform, IEnumerable<Service> api, Progress progress, CancellationToken cancellationToken)
    {
        using var memory = new MemoryWatch(api);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Duration)
        {
            await platform.User.SubmitAsync("bash", "echo 1", cancellationToken);
            await Task.Delay(Interval, cancellationToken);
            progress.Show("streams", watch.Elapsed / Duration, $"{watch.Elapsed.TotalSeconds:0} s");
        }

        return memory;
    }

    private static HttpClient ClientOf(LocalPlatform platform)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = platform.Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Keys.User);
        return http;
    }
}
