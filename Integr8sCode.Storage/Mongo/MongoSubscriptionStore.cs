using Integr8sCode.Notifications;
using MongoDB.Bson;
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

    public Task<bool> SaveAsync(NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        var document = SubscriptionDocument.Of(subscription);
        return collections.RunAsync(
            () => subscription.Version == 1 ? AddAsync(document, cancellationToken) : ReplaceAsync(document, cancellationToken), cancellationToken);
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

    private async Task<bool> AddAsync(SubscriptionDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Subscriptions.InsertOneAsync(document, options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(SubscriptionDocument document, CancellationToken cancellationToken)
    {
        var filter = Builders<SubscriptionDocument>.Filter;
        var before = document.Subscription.Version - 1;
        BsonValue[] versions = before == 1 ? [before, BsonNull.Value] : [before]; // earlier releases kept no version
        var replaced = await collections.Subscriptions.ReplaceOneAsync(
            filter.Eq(kept => kept.Id, document.Id) & filter.In("subscription.version", versions), document, new ReplaceOptions(), cancellationToken);
        return replaced.MatchedCount == 1;
    }
}
