using System.Text.Json;
using Integr8sCode.Notifications;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteSubscriptionStore(SqliteDatabase database) : ISubscriptionStore
{
    private const string Table = "notification_subscriptions";

    private static readonly StoreCall Finding = new("SELECT", Table);
    private static readonly StoreCall Saving = new("INSERT", Table);
    private static readonly StoreCall Deleting = new("DELETE", Table);

    public Task<IReadOnlyList<NotificationSubscription>> ListAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NotificationSubscription>>(
            Finding,
            session => session.Query(
                $"SELECT subscription FROM {Table} WHERE user_id = $user ORDER BY channel",
                row => row.ReadJson(0, CoreJson.Default.NotificationSubscription), ("$user", userId)),
            cancellationToken);

    public Task<NotificationSubscription?> FindAsync(
        string userId, NotificationChannel channel, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                $"SELECT subscription FROM {Table} WHERE user_id = $user AND channel = $channel",
                row => row.ReadJson(0, CoreJson.Default.NotificationSubscription), ("$user", userId), ("$channel", (long)channel)),
            cancellationToken);

    public Task SaveAsync(NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(subscription, CoreJson.Default.NotificationSubscription);
        return database.WriteAsync(
            Saving,
            session => session.Execute(
                $"INSERT OR REPLACE INTO {Table} (user_id, channel, subscription) VALUES ($user, $channel, $subscription)",
                ("$user", subscription.UserId), ("$channel", (long)subscription.Channel), ("$subscription", document)),
            cancellationToken);
    }

    public Task<bool> DeleteAsync(string userId, NotificationChannel channel, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting,
            session => session.Execute(
                $"DELETE FROM {Table} WHERE user_id = $user AND channel = $channel", ("$user", userId), ("$channel", (long)channel)) == 1,
            cancellationToken);
}

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) => database.WriteAsync(
        Deleting, session => session.Execute($"DELETE FROM {Table} WHERE user_id = $user", ("$user", userId)), cancellationToken);
