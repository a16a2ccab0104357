namespace Integr8sCode.Users;

/// <param name="Prefix">The first characters of the key, to recognise it by.</param>
/// <param name="ExpiresAt">From when on it is refused; absent is never.</param>
/// <param name="LastUsedAt">Within about a minute; absent is never.</param>
public sealed record ApiKeyView(
    Guid KeyId, string? Name, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>The key itself: only in the answer that makes it, never again.</summary>
    public string? Key { get; init; }

    internal static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Prefix, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}

public sealed record ApiKeyList(IReadOnlyList<ApiKeyView> Items);
