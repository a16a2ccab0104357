using Integr8sCode.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.RateLimits;

/// <summary>What a <see cref="RateLimitCaller"/> runs; no test of its own, so it runs only when it is asked for.</summary>
public sealed class RateLimitCallerProgram
{
    public const int Requests = 50;

    internal static readonly RateLimitRule Window = new("window", RateLimitGroups.Api, Requests: 75, WindowSeconds: 86_400);

    internal static readonly RateLimitRule Bucket = Window with { Name = "bucket", Algorithm = RateLimitAlgorithm.TokenBucket };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Takes_as_often_as_it_can_at_once()
    {
        var prefix = Environment.GetEnvironmentVariable(RateLimitCaller.NameVariable)!;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:integr8scode"] = Environment.GetEnvironmentVariable(RateLimitCaller.ConnectionVariable);
        builder.AddStorage();
        using var host = builder.Build();
        var store = host.Services.GetRequiredService<IRateLimitStore>();

        await File.WriteAllTextAsync(RateLimitCaller.ReadyFile(prefix), "", Cancellation);
        await Eventually.HoldsAsync(() => File.Exists(RateLimitCaller.GoFile(Path.GetDirectoryName(prefix)!)));
        var passed = $"{await CountPassedAsync(store, Window)} {await CountPassedAsync(store, Bucket)}";

        await File.WriteAllTextAsync(RateLimitCaller.PassedFile(prefix), passed, Cancellation);
    }

    private static async Task<int> CountPassedAsync(IRateLimitStore store, RateLimitRule rule)
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => Task.Run(() =>
            store.TakeAsync("user:alice", rule, TimeProvider.System.GetUtcNow(), Cancellation))));
        return decisions.Count(decision => decision.Allowed);
    }
}
