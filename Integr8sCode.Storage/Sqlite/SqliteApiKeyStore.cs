using Integr8sCode.Users;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteApiKeyStore(SqliteDatabase database) : IApiKeyStore
{
    internal const string ByPrefix = $"SELECT {Columns} FROM api_keys WHERE prefix = $prefix";
    internal const string ByUser = $"SELECT {Columns} FROM api_keys WHERE user_id = $user ORDER BY id";

    private const string Columns = "id, user_id, name, prefix, salt, hash, created_at, expires_at, last_used_at";

    private static readonly StoreCall Saving = new("INSERT", "api_keys");
    private static readonly StoreCall Finding = new("SELECT", "api_keys");
    private static readonly StoreCall Changing = new("UPDATE", "api_keys");
    private static readonly StoreCall Deleting = new("DELETE", "api_keys");

    public Task SaveAsync(ApiKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Saving,
            session => session.Execute(
                $"""
                INSERT OR REPLACE INTO api_keys ({Columns})
                VALUES ($id, $user, $name, $prefix, $salt, $hash, $created, $expires, $used)
                """,
                ("$id", key.Id), ("$user", key.UserId), ("$name", key.Name), ("$prefix", key.Prefix), ("$salt", key.Salt),
                ("$hash", key.Hash), ("$created", key.CreatedAt), ("$expires", key.ExpiresAt), ("$used", key.LastUsedAt)),
            cancellationToken);

    public Task<IReadOnlyList<ApiKey>> FindAsync(string prefix, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            Finding, session => session.Query(ByPrefix, Read, ("$prefix", prefix)), cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            Finding, session => session.Query(ByUser, Read, ("$user", userId)), cancellationToken);

    public Task<bool> ExpireAsync(string userId, Guid id, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Changing,
            session => session.Execute(
                "UPDATE api_keys SET expires_at = min(coalesce(expires_at, $at), $at) WHERE id = $id AND user_id = $user",
                ("$at", at), ("$id", id), ("$user", userId)) == 1,
            cancellationToken);

    public Task NoteUseAsync(IReadOnlyDictionary<Guid, DateTimeOffset> lastUsedAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Changing with { BatchSize = lastUsedAt.Count },
            session => lastUsedAt.Sum(use => session.Execute(
                "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, 0), $at) WHERE id = $id", ("$at", use.Value), ("$id", use.Key))),
            cancellationToken);

    public Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting,
            session => session.Execute("DELETE FROM api_keys WHERE id = $id AND user_id = $user", ("$id", id), ("$user", userId)) == 1,
            cancellationToken);

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting, session => session.Execute("DELETE FROM api_keys WHERE user_id = $user", ("$user", userId)), cancellationToken);

    private static ApiKey Read(SqliteDataReader row) => new(
        row.ReadId(0), row.GetString(1), row.ReadOptionalText(2), row.GetString(3), row.GetString(4), row.GetString(5),
        row.ReadTime(6), row.ReadOptionalTime(7), row.ReadOptionalTime(8));
}
