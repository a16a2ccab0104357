namespace Integr8sCode.Users;

/// <summary>Keys by what is known of them. Whether their user exists is not asked here.</summary>
public interface IApiKeyStore
{
    /// <summary>Keeps the key; one of the same id is replaced.</summary>
    Task SaveAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Every key that begins like this: one, unless somebody chose keys by hand.</summary>
    Task<IReadOnlyList<ApiKey>> FindAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>The user's keys in the order of their ids: oldest first, but for those of the configuration.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Lets the user's key expire at that time, or leaves it where it expires before.</summary>
    /// <returns>False where the user has no such key.</returns>
    Task<bool> ExpireAsync(string userId, Guid id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes when keys were last used; a key that is gone is left out, and an older time changes nothing.</summary>
    Task NoteUseAsync(IReadOnlyDictionary<Guid, DateTimeOffset> lastUsedAt, CancellationToken cancellationToken);

    /// <returns>False where the user has no such key.</returns>
    Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken);

    /// <summary>Deletes all keys of the user.</summary>
    Task DeleteAllAsync(string userId, CancellationToken cancellationToken);
}
