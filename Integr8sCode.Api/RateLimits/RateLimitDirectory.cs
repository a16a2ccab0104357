using Integr8sCode.Users;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

/// <summary>
/// Finds the rule that counts for a request, and remembers the rules for a moment: a change is seen by every process after
/// <see cref="Memory"/> at the latest. Where the store does not answer in time the rules are those known last, and no user is different.
/// </summary>
internal sealed class RateLimitDirectory(
    IRateLimitStore store, IOptions<ApiKeyOptions> keys, IOptions<RateLimitOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>How long rules are remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(2);

    private const int MaxRemembered = 10_000;

    private readonly HashSet<string> _bypassing = [.. keys.Value.Seed.Where(seed => seed.RateLimitBypass).Select(seed => seed.UserId)];
    private readonly MemoryCache _users = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });
    private Snapshot _rules = new(RateLimitRules.Default, DateTimeOffset.MinValue);

    /// <returns>The rule; <see langword="null"/> where nothing limits the caller.</returns>
    public async ValueTask<RateLimitRule?> FindRuleAsync(string group, string? userId, CancellationToken cancellationToken)
    {
        if (userId is not null && _bypassing.Contains(userId))
        {
            return null;
        }

        var rules = await GetRulesAsync(cancellationToken);
        return rules.FindFor(group, userId is null ? null : await GetUserAsync(userId, cancellationToken));
    }

    /// <summary>What is different for the user now, by the store and the configuration.</summary>
    public async Task<UserRateLimits> ReadUserAsync(string userId, CancellationToken cancellationToken)
    {
        var limits = await store.FindUserAsync(userId, cancellationToken) ?? UserRateLimits.None(userId);
        return _bypassing.Contains(userId) ? limits with { Bypass = true } : limits;
    }

    public async Task<RateLimitRules> ReadRulesAsync(CancellationToken cancellationToken) =>
        await store.FindRulesAsync(cancellationToken) ?? RateLimitRules.Default;

    public void Dispose() => _users.Dispose();

    private async ValueTask<RateLimitRules> GetRulesAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = _rules;
        if (now - known.ReadAt > Memory)
        {
            _rules = known = new(await OrAsync(ReadRulesAsync(cancellationToken), known.Rules, cancellationToken), now);
        }

        return known.Rules;
    }

    private async ValueTask<UserRateLimits> GetUserAsync(string userId, CancellationToken cancellationToken)
    {
        if (_users.TryGetValue(userId, out UserRateLimits? known))
        {
            return known!;
        }

        var limits = await OrAsync(ReadUserAsync(userId, cancellationToken), UserRateLimits.None(userId), cancellationToken);
        return _users.Set(userId, limits, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Memory, Size = 1 });
    }

    private async Task<T> OrAsync<T>(Task<T> reading, T otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.WaitAsync(options.Value.Timeout, clock, cancellationToken);
        }
        catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
        {
            return otherwise; // the counter is in the same store: asking for it tells
        }
    }

    private sealed record Snapshot(RateLimitRules Rules, DateTimeOffset ReadAt);
}
