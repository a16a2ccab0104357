using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Integr8sCode.Users;

/// <summary>
/// Finds whose key it is, and remembers that for a moment so that a busy caller does not cost lookups a request. A key that is deleted or
/// whose user is disabled is refused by every process once it has forgotten, after <see cref="Memory"/> at the latest.
/// </summary>
internal sealed class ApiKeyDirectory(IApiKeyStore keys, IUserStore users, KeyUses uses, TimeProvider clock) : IDisposable
{
    /// <summary>How long a caller is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 10_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <returns>The caller whose key was right a moment ago; no store is asked.</returns>
    public Caller? FindRemembered(string key) =>
        _cache.TryGetValue(FingerprintOf(key), out Caller? caller) && !caller!.Key.IsExpiredAt(clock.GetUtcNow()) ? caller : null;

    /// <returns>The caller; <see langword="null"/> where the key is unknown or expired, or its user disabled.</returns>
    public async Task<Caller?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var candidates = await keys.FindAsync(ApiKey.PrefixOf(key), cancellationToken);
        if (candidates.FirstOrDefault(candidate => candidate.Matches(key)) is not { } found || found.IsExpiredAt(now)
            || await users.FindAsync(found.UserId, cancellationToken) is not { IsDisabled: false } user)
        {
            return null;
        }

        uses.Note(found.Id, now);
        return _cache.Set(
            FingerprintOf(key), new Caller(user, found), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Memory, Size = 1 });
    }

    public void Dispose() => _cache.Dispose();

    // What stays in memory is no key.
    private static string FingerprintOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
