using Integr8sCode.Notifications;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoSubscriptionStore(MongoCollections collections) : ISubscriptionStore
{
    private static readonly NotificationChannel[] Channels = Enum.GetValues<NotificationChannel>();

    public Task<IReadOnlyList<NotificationSubscription>> ListAsync(string userId, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<NotificationSubscription>>(
            async () =>
            {
                var ids = Channels.Select(channel => SubscriptionDocument.IdOf(userId, channel));
                var found = await collections.Subscriptions
                    .Find(Builders<SubscriptionDocument>.Filter.In(kept => kept.Id, ids))
                    .ToListAsync(cancellationToken);
                return [.. found.Select(document => document.Subscription).OrderBy(subscription => subscription.Channel)];
            },
            cancellationToken);

    public Task<NotificationSubscription?> FindAsync(
        string userId, NotificationChannel channel, CancellationToken cancellationToken)
    {
        var id = SubscriptionDocument.IdOf(userId, channel);
        return collections.RunAsync(
            async () => (await collections.Subscriptions.Find(kept => kept.Id == id).FirstOrDefaultAsync(cancellationToken))?.Subscription,
            cancellationToken);
    }

    public Task SaveAsync(NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        var document = SubscriptionDocument.Of(subscription);
        return collections.RunAsync(
            () => collections.Subscriptions.ReplaceOneAsync(
                kept => kept.Id == document.Id, document, new ReplaceOptions { IsUpsert = true }, cancellationToken),
            cancellationToken);
    }

    public Task<bool> DeleteAsync(string userId, NotificationChannel channel, CancellationToken cancellationToken)
    {
        var id = SubscriptionDocument.IdOf(userId, channel);
        return collections.RunAsync(
            async () => (await collections.Subscriptions.DeleteOneAsync(kept => kept.Id == id, cancellationToken)).DeletedCount == 1,
            cancellationToken);
    }

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken)
    {
        var ids = Channels.Select(channel => SubscriptionDocument.IdOf(userId, channel));
        return collections.RunAsync(
            () => collections.Subscriptions.DeleteManyAsync(
                Builders<SubscriptionDocument>.Filter.In(kept => kept.Id, ids), cancellationToken),
            cancellationToken);
    }
}
