using System.Text.Json;
using Integr8sCode.Notifications;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteSubscriptionStore(SqliteDatabase database) : ISubscriptionStore
{
    private const string Table = "notification_subscriptions";

    private const string Insert =
        $"INSERT INTO {Table} (user_id, channel, subscription) SELECT $user, $channel, $subscription WHERE $version = 1 ON CONFLICT DO NOTHING";

    // Earlier releases kept no version.
    private const string Update = $"""
        UPDATE {Table} SET subscription = $subscription
        WHERE user_id = $user AND channel = $channel AND coalesce(subscription ->> 'version', 1) = $version - 1
        """;

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

    public Task<bool> SaveAsync(NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(subscription, CoreJson.Default.NotificationSubscription);
        return database.WriteAsync(
            Saving,
            session => session.Execute(
                subscription.Version == 1 ? Insert : Update,
                ("$user", subscription.UserId), ("$channel", (long)subscription.Channel), ("$version", subscription.Version), ("$subscription", document)) == 1,
            cancellationToken);
    }

    public Task<bool> DeleteAsync(string userId, NotificationChannel channel, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting,
            session => session.Execute(
                $"DELETE FROM {Table} WHERE user_id = $user AND channel = $channel", ("$user", userId), ("$channel", (long)channel)) == 1,
            cancellationToken);

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) => database.WriteAsync(
        Deleting, session => session.Execute($"DELETE FROM {Table} WHERE user_id = $user", ("$user", userId)), cancellationToken);
}
