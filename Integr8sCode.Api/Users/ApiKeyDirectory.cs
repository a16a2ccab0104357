using Microsoft.Extensions.Caching.Memory;

namespace Integr8sCode.Users;

/// <summary>Finds keys, and remembers the answer for a moment so that a busy caller does not cost a lookup a request.</summary>
internal sealed class ApiKeyDirectory(IApiKeyStore keys, IMemoryCache cache)
{
    private static readonly MemoryCacheEntryOptions Remembered =
        new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(5), Size = 1 };

    public async ValueTask<ApiKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKey.HashOf(key);
        if (cache.TryGetValue(hash, out ApiKey? known))
        {
            return known;
        }

        return cache.Set(hash, await keys.FindAsync(hash, cancellationToken), Remembered);
    }
}
