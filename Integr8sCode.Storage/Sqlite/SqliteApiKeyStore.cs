using Integr8sCode.Users;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteApiKeyStore(SqliteDatabase database) : IApiKeyStore
{
    private static readonly StoreCall Saving = new("INSERT", "api_keys");
    private static readonly StoreCall Finding = new("SELECT", "api_keys");

    public Task SaveAsync(ApiKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Saving,
            session => session.Execute(
                """
                INSERT OR REPLACE INTO api_keys (hash, prefix, user_id, role, created_at)
                VALUES ($hash, $prefix, $user, $role, $created)
                """,
                ("$hash", key.Hash), ("$prefix", key.Prefix), ("$user", key.UserId), ("$role", key.Role.ToString()),
                ("$created", key.CreatedAt)),
            cancellationToken);

    public Task<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT hash, prefix, user_id, role, created_at FROM api_keys WHERE hash = $hash",
                row => new ApiKey(
                    row.GetString(0), row.GetString(1), row.GetString(2), Enum.Parse<UserRole>(row.GetString(3)), row.ReadTime(4)),
                ("$hash", hash)),
            cancellationToken);
}
