using Integr8sCode.Users;

namespace Integr8sCode.Mongo;

internal sealed record ApiKeyDocument(
    Guid Id, string UserId, string? Name, string Prefix, string Salt, string Hash, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyDocument Of(ApiKey key) => new(
        key.Id, key.UserId, key.Name, key.Prefix, key.Salt, key.Hash, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);

    public ApiKey ToApiKey() => new(Id, UserId, Name, Prefix, Salt, Hash, CreatedAt, ExpiresAt, LastUsedAt);
}
