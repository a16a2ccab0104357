using Integr8sCode.Infrastructure;
using Integr8sCode.RateLimits;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sqlite;

/// <summary>What a <see cref="RateLimitCaller"/> runs; no test of its own, so it runs only when it is asked for.</summary>
public sealed class RateLimitCallerProgram
{
    public const int Requests = 50;

    internal static readonly RateLimitRule Window = new("window", RateLimitGroups.Api, Requests: 75, WindowSeconds: 86_400);

    internal static readonly RateLimitRule Bucket = Window with { Name = "bucket", Algorithm = RateLimitAlgorithm.TokenBucket };

    [Fact(Explicit = true)]
    public async Task Takes_as_often_as_it_can_at_once()
    {
        var database = Environment.GetEnvironmentVariable(RateLimitCaller.DatabaseVariable)!;
        var prefix = Environment.GetEnvironmentVariable(RateLimitCaller.NameVariable)!;
        var options = new StorageOptions { ConnectionString = $"Data Source={database}" };
        using var documents = SqliteDatabase.Open(options);
        using var counters = new SqliteCounters(Options.Create(options));
        var store = new SqliteRateLimitStore(documents, counters);

        await File.WriteAllTextAsync(RateLimitCaller.ReadyFile(prefix), "", TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => File.Exists(RateLimitCaller.GoFile(database)));
        var passed = $"{await CountPassedAsync(store, Window)} {await CountPassedAsync(store, Bucket)}";

        await File.WriteAllTextAsync(RateLimitCaller.PassedFile(prefix), passed, TestContext.Current.CancellationToken);
    }

    private static async Task<int> CountPassedAsync(SqliteRateLimitStore store, RateLimitRule rule)
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => Task.Run(() =>
            store.TakeAsync("user:alice", rule, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken))));
        return decisions.Count(decision => decision.Allowed);
    }
}
