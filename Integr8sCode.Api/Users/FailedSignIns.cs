using Integr8sCode.RateLimits;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

/// <summary>
/// Slows down whoever tries keys: an address that sent too many wrong ones is refused without a look at the store, until some time has
/// passed. Each process counts for itself, for a bounded number of addresses.
/// </summary>
internal sealed class FailedSignIns(IOptions<ApiKeyOptions> options, TimeProvider clock) : IDisposable
{
    private const int MaxAddresses = 10_000;
    private const int WindowSeconds = 60;

    private readonly MemoryCache _addresses = new(new MemoryCacheOptions { SizeLimit = MaxAddresses });
    private readonly RateLimitRule _rule =
        new("failed_sign_ins", RateLimitGroups.Api, options.Value.MaxFailures, WindowSeconds, Algorithm: RateLimitAlgorithm.TokenBucket);

    /// <returns>How long the address has to wait before another key of it is looked at; zero when it need not.</returns>
    public TimeSpan WaitOf(string address)
    {
        if (!_addresses.TryGetValue(address, out RateLimitCounter? counter))
        {
            return TimeSpan.Zero;
        }

        var decision = counter!.Look(_rule, clock.GetUtcNow());
        return decision.Allowed ? TimeSpan.Zero : decision.Reset;
    }

    public void Note(string address)
    {
        // Many wrong keys at once are as many as one after the other.
        lock (_addresses)
        {
            var counter = _addresses.Get<RateLimitCounter>(address) ?? RateLimitCounter.Unused;
            _addresses.Set(
                address, counter.Take(_rule, clock.GetUtcNow()).Counter,
                new MemoryCacheEntryOptions { SlidingExpiration = _rule.Window, Size = 1 });
        }
    }

    public void Dispose() => _addresses.Dispose();
}
