using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Integr8sCode.LoadRuns;
using Integr8sCode.Local;

namespace Integr8sCode.Fuzzing;

/// <summary>Generated requests against every route of a platform: no 5xx, no hang, and every 4xx explains itself as problem+json.</summary>
internal sealed class FuzzRun(FuzzOptions options, PlatformUnderLoad platform)
{
    private const int Callers = 8;
    private const int MostShown = 20;
    private const int RequestsOfAWorld = 1000; // much of what is there is deleted by then
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <returns>0 when every promise was kept, 1 when one was broken or the platform does not start, 2 for a wrong argument.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (FuzzOptions.Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync("error: fuzz takes --seed N, --count N and --only N");
            return 2;
        }

        using var stop = new CancellationTokenSource(Limit);
        Console.CancelKeyPress += (_, interrupt) =>
        {
            interrupt.Cancel = true;
            stop.Cancel();
        };
        try
        {
            await using var platform = await PlatformUnderLoad.StartAsync(
                platform => platform.With("ApiKeys__MaxFailures", "100000", Services.Backend).With("ApiKeys__Seed__1__RateLimitBypass", "true", Services.Backend),
                stop.Token);
            return await new FuzzRun(options, platform).RunAsync(stop.Token);
        }
        catch (Exception failure) when (failure is PlatformException or LoadException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"error: the run did not finish: {failure.Message}");
            return 1;
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { Timeout = Timeout.InfiniteTimeSpan };
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri(platform.Platform.Api, "/openapi/v1.json"), cancellationToken))!;
        var (routes, bodies) = (FuzzedRoute.ReadFrom(document), new FuzzedBody(document));
        var answers = new ConcurrentBag<FuzzedAnswer>();
        var numbers = options.Only is { } only ? [only] : Enumerable.Range(0, options.Count);

        foreach (var some in numbers.Chunk(RequestsOfAWorld))
        {
            await new FuzzedWorld(platform, http).MakeAsync(cancellationToken);
            var ids = await FuzzedIds.ReadAsync(http, platform.Platform.Api, [platform.Platform.Keys.User, platform.Platform.Keys.Admin], routes, cancellationToken);
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (number, stop) =>
            {
                var request = FuzzedRequest.Make(options.Seed, number, routes, bodies, ids);
                answers.Add(await FuzzedAnswer.OfAsync(request, http, platform.Platform.Api, KeyOf(request.Caller), stop));
            });
        }

        var breaches = answers.Where(answer => answer.Breach is not null).OrderBy(answer => answer.Request.Number).ToList();
        Report(answers, breaches);
        return breaches.Count == 0 ? 0 : 1;
    }

    private string? KeyOf(string caller) => caller switch
    {
        "user" => platform.Platform.Keys.User,
        "admin" => platform.Platform.Keys.Admin,
        "stranger" => "i8s_nobody",
        _ => null,
    };

    private void Report(ConcurrentBag<FuzzedAnswer> answers, List<FuzzedAnswer> breaches)
    {
        Console.WriteLine($"{"route",-66} {"requests",8} {"2xx, 3xx",8} {"4xx",8} {"breaches",8} {"slowest",10}");
        foreach (var route in answers.GroupBy(answer => answer.Request.Route.ToString()).OrderBy(route => route.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{route.Key,-66} {route.Count(),8} {route.Count(answer => answer.Status is >= 200 and < 400),8} {route.Count(answer => answer.Status is >= 400 and < 500),8} {route.Count(answer => answer.Breach is not null),8} {route.Max(answer => answer.Time).TotalMilliseconds,7:0} ms"));
        }

        foreach (var breach in breaches.Take(MostShown))
        {
            Console.WriteLine($"\nBREACH --seed {options.Seed} --only {breach.Request.Number}: {breach.Breach}\n      {breach.Request}");
        }

        Console.WriteLine($"\n{answers.Count} requests with seed {options.Seed}, {breaches.Count} breaches");
    }
}
