namespace Integr8sCode.Users;

public interface IApiKeyStore
{
    /// <summary>Keeps the key; one with the same hash is replaced.</summary>
    Task SaveAsync(ApiKey key, CancellationToken cancellationToken);

    /// <returns>The key with that hash, or <see langword="null"/>.</returns>
    Task<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken);
}
