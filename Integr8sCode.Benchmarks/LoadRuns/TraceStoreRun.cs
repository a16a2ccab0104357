using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>Whether the trace store takes what comes, in steady memory, and answers searches over a million spans.</summary>
internal static class TraceStoreRun
{
    private const int Feeds = 4;
    private const int SpansPerSecond = 20_000;
    private const int SearchesOfKind = 12;
    private const double MostGrowth = 1.1;
    private const double MostMilliseconds = 200;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(51); // a million spans and some
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("traces", 0, "starting");
        var folder = Directory.CreateTempSubdirectory("integr8scode-load-");
        var (query, otlp) = (new Uri($"http://127.0.0.1:{FreePort.Next()}"), new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        var store = new Service(
            new ServiceSpec("trace-store", Programs.Find("Integr8sCode.TraceStore"), query, [], new Dictionary<string, string?>
            {
                ["DOTNET_ROOT"] = Programs.DotnetRoot,
                ["ASPNETCORE_URLS"] = $"{query};{otlp}",
                ["TraceStore__Path"] = Path.Combine(folder.FullName, "traces.db"),
            }),
            restartCrashed: false,
            (_, _) => { });
        try
        {
            await store.StartAsync(cancellationToken);
            await FeedAsync(store, otlp, report, cancellationToken);
            await SearchAsync(query, report, cancellationToken);
        }
        finally
        {
            await store.StopAsync(StopLimit);
            folder.Delete(recursive: true);
        }
    }

    private static async Task FeedAsync(Service store, Uri otlp, LoadReport report, CancellationToken cancellationToken)
    {
        var feeds = Enumerable.Range(1, Feeds).Select(number => new SpanFeed($"service-{number}", otlp)).ToList();
        using var memory = new MemoryWatch([store]);
        var use = new ProcessorUse([store]);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(feeds.Select(feed => Task.Run(
            () => feed.RunAsync(SpansPerSecond / Feeds / SpanFeed.SpansOfTrace, Length, cancellationToken), cancellationToken)));
        var elapsed = watch.Elapsed;
        memory.Dispose();
        feeds.ForEach(feed => feed.Dispose());

        var (created, kept) = (feeds.Sum(feed => feed.Created), feeds.Sum(feed => feed.Kept));
        report.AddHeading(FormattableString.Invariant($"traces: {created} spans from {Feeds} services in {elapsed.TotalSeconds:0.0} s"));
        use.AddTo(report, "processor time of a span", kept);
        memory.AddTo(report);
        report.Add(Target.AtLeast("traces: spans kept a second", kept / elapsed.TotalSeconds, SpansPerSecond * 0.98)); // the last flush is in the time
        report.Add(Target.AtMost("traces: spans lost", created - kept, 0));
        report.Add(Target.AtMost("traces: memory of the last quarter over the second", memory.Growth, MostGrowth));
    }

    private static async Task SearchAsync(Uri query, LoadReport report, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = query };
        var all = new List<double>();
        foreach (var (kind, path) in Searches())
        {
            var times = new List<double>();
            for (var i = 0; i < SearchesOfKind; i++)
            {
                var watch = Stopwatch.StartNew();
                var answer = await http.GetStringAsync(path(i), cancellationToken);
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (!answer.Contains("traceId", StringComparison.OrdinalIgnoreCase)) throw new LoadException($"{path(i)} found nothing");
            }

            all.AddRange(times);
            report.AddNote(FormattableString.Invariant($"search {kind,-34} {times.Order().ElementAt(times.Count / 2),6:0.0} ms, at most {times.Max():0.0}"));
        }

        report.Progress.Show("traces", 1, "searched");
        report.Add(Target.AtMost("traces: median search, ms", all.Order().ElementAt(all.Count / 2), MostMilliseconds));
    }

    private static IEnumerable<(string Kind, Func<int, string> Path)> Searches() =>
    [
        ("by service", i => $"/api/traces?limit=20&service=service-{1 + i % Feeds}"),
        ("by operation", i => $"/api/traces?limit=20&service=service-1&operation=POST%20/work/{i}"),
        ("by the id of one execution", i => $"/api/traces?limit=20&service=service-2&tags=%7B%22execution.id%22%3A%22service-2-{100 + i * 3000}%22%7D"),
        ("by error", i => $"/api/traces?limit=20&service=service-{1 + i % Feeds}&tags=%7B%22error%22%3A%22true%22%7D"),
        ("by duration", i => $"/api/traces?limit=20&service=service-{1 + i % Feeds}&minDuration=500ms"),
        ("by error and operation, 100 of them", i => $"/api/traces?limit=100&service=service-3&operation=POST%20/work/0&tags=%7B%22http.response.status_code%22%3A%22500%22%7D"),
        ("by a tag of any service, 1000 of them", _ => "/api/trace-list?limit=1000&tag=http.response.status_code:202"),
    ];
}
