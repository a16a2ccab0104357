using Integr8sCode.Users;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteUserStore(SqliteDatabase database) : IUserStore
{
    private const string Columns = "id, role, disabled, created_at";

    private static readonly StoreCall Adding = new("INSERT", "users");
    private static readonly StoreCall Finding = new("SELECT", "users");
    private static readonly StoreCall Changing = new("UPDATE", "users");
    private static readonly StoreCall Deleting = new("DELETE", "users");

    public Task<bool> AddAsync(User user, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Adding,
            session => session.Execute(
                $"INSERT INTO users ({Columns}) VALUES ($id, $role, $disabled, $created) ON CONFLICT DO NOTHING",
                ("$id", user.Id), ("$role", user.Role.ToString()), ("$disabled", user.IsDisabled), ("$created", user.CreatedAt)) == 1,
            cancellationToken);

    public Task<User?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(Finding, session => Find(session, id), cancellationToken);

    public Task<IReadOnlyList<User>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            Finding,
            session => session.Query(
                $"SELECT {Columns} FROM users WHERE id > $after ORDER BY id LIMIT $limit", Read, ("$after", after ?? ""), ("$limit", limit)),
            cancellationToken);

    public Task<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT 1 FROM users WHERE role = $role LIMIT 1", _ => true, ("$role", nameof(UserRole.Admin))),
            cancellationToken);

    public Task<User?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Changing,
            session =>
            {
                session.Execute(
                    "UPDATE users SET role = coalesce($role, role), disabled = coalesce($disabled, disabled) WHERE id = $id",
                    ("$role", change.Role?.ToString()), ("$disabled", change.IsDisabled), ("$id", id));
                return Find(session, id);
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting, session => session.Execute("DELETE FROM users WHERE id = $id", ("$id", id)) == 1, cancellationToken);

    private static User? Find(SqliteSession session, string id) =>
        session.Find($"SELECT {Columns} FROM users WHERE id = $id", Read, ("$id", id));

    private static User Read(SqliteDataReader row) =>
        new(row.GetString(0), Enum.Parse<UserRole>(row.GetString(1)), row.GetBoolean(2), row.ReadTime(3));
}
