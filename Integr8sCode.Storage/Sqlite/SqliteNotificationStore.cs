using System.Text.Json;
using Integr8sCode.Notifications;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed partial class SqliteNotificationStore(SqliteDatabase database) : INotificationStore
{
    private static readonly StoreCall Adding = new("INSERT", "notifications");
    private static readonly StoreCall Saving = new("UPDATE", "notifications");
    private static readonly StoreCall Deleting = new("DELETE", "notifications");

    public Task<IReadOnlyList<Notification>> AddAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Notification>>(
            Adding with { BatchSize = notifications.Count },
            session => [.. notifications.Where(notification => Insert(session, notification))],
            cancellationToken);

    public Task<bool> SaveAsync(Notification notification, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(notification, CoreJson.Default.Notification);
        return database.WriteAsync(
            Saving,
            session => session.Execute(
                """
                UPDATE notifications
                SET status = $status, version = $version, due = $due, read_at = $read, notification = $notification
                WHERE id = $id AND version = $version - 1
                """,
                ("$id", notification.Id),
                ("$status", (long)notification.Status),
                ("$version", notification.Version),
                ("$due", notification.DueAt),
                ("$read", notification.ReadAt),
                ("$notification", document)) == 1,
            cancellationToken);
    }

    public Task<long> ReadAllAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<long>(
            Saving,
            session => session.Execute(
                $"UPDATE notifications SET status = $read, read_at = $now, version = version + 1 WHERE user_id = $user AND {IsUnread}",
                ("$user", userId), ("$read", (long)NotificationStatus.Read), ("$now", now)),
            cancellationToken);

    public Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting,
            session => session.Execute(
                "DELETE FROM notifications WHERE id = $id AND user_id = $user", ("$id", id), ("$user", userId)) == 1,
            cancellationToken);

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) => RepeatAsync(
        session => session.Execute(Surplus, ("$user", userId), ("$most", 0), ("$limit", PruneBatch)), cancellationToken);

    public async Task<long> PruneAsync(DateTimeOffset before, int perUser, CancellationToken cancellationToken)
    {
        var total = await RepeatAsync(
            session => session.Execute(Old, ("$before", Notification.FirstIdOf(before)), ("$limit", PruneBatch)), cancellationToken);
        var crowded = await database.ReadAsync(
            Finding, session => session.Query(Crowded, row => row.GetString(0), ("$most", perUser)), cancellationToken);
        foreach (var user in crowded)
        {
            total += await RepeatAsync(
                session => session.Execute(Surplus, ("$user", user), ("$most", perUser), ("$limit", PruneBatch)), cancellationToken);
        }

        return total;
    }

    private static bool Insert(SqliteSession session, Notification notification) => session.Execute(
        """
        INSERT INTO notifications (id, user_id, channel, severity, created_at, tags, status, version, due, read_at, notification)
        VALUES ($id, $user, $channel, $severity, $created, $tags, $status, $version, $due, $read, $notification)
        ON CONFLICT DO NOTHING
        """,
        ("$id", notification.Id),
        ("$user", notification.UserId),
        ("$channel", (long)notification.Channel),
        ("$severity", (long)notification.Severity),
        ("$created", notification.CreatedAt),
        ("$tags", $"\n{string.Join('\n', notification.Tags)}\n"),
        ("$status", (long)notification.Status),
        ("$version", notification.Version),
        ("$due", notification.DueAt),
        ("$read", notification.ReadAt),
        ("$notification", JsonSerializer.Serialize(notification, CoreJson.Default.Notification))) == 1;

    private static Notification ReadNotification(SqliteDataReader row) => row.ReadJson(0, CoreJson.Default.Notification) with
    {
        // Reading all of them moves these without touching the document.
        Status = (NotificationStatus)row.GetInt64(1),
        Version = row.GetInt64(2),
        ReadAt = row.ReadOptionalTime(3),
    };

    private async Task<long> RepeatAsync(Func<SqliteSession, int> delete, CancellationToken cancellationToken)
    {
        var total = 0L;
        int deleted;
        do
        {
            deleted = await database.WriteAsync(Deleting, delete, cancellationToken);
            total += deleted;
        }
        while (deleted == PruneBatch);

        return total;
    }
}
