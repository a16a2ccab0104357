using Integr8sCode.Notifications;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed partial class MongoNotificationStore(MongoCollections collections) : INotificationStore
{
    public Task<IReadOnlyList<Notification>> AddAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Notification>>(
            async () =>
            {
                var added = new List<Notification>();
                foreach (var notification in notifications)
                {
                    if (await TryAddAsync(NotificationDocument.Of(notification), cancellationToken))
                    {
                        added.Add(notification);
                    }
                }

                return added;
            },
            cancellationToken);

    public Task<bool> SaveAsync(Notification notification, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var replaced = await collections.Notifications.ReplaceOneAsync(
                    kept => kept.Id == notification.Id && kept.Version == notification.Version - 1,
                    NotificationDocument.Of(notification),
                    new ReplaceOptions(),
                    cancellationToken);
                return replaced.MatchedCount == 1;
            },
            cancellationToken);

    public Task<long> ReadAllAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var read = await collections.Notifications.UpdateManyAsync(
                    UnreadOf(userId),
                    Builders<NotificationDocument>.Update
                        .Set(kept => kept.Status, NotificationStatus.Read)
                        .Set(kept => kept.ReadAt, now)
                        .Inc(kept => kept.Version, 1),
                    options: null,
                    cancellationToken);
                return read.ModifiedCount;
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var deleted = await collections.Notifications.DeleteOneAsync(
                    kept => kept.Id == id && kept.UserId == userId, cancellationToken);
                return deleted.DeletedCount == 1;
            },
            cancellationToken);

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) => collections.RunAsync(
        () => collections.Notifications.DeleteManyAsync(kept => kept.UserId == userId, cancellationToken), cancellationToken);

    public Task<long> PruneAsync(DateTimeOffset before, int perUser, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var first = Notification.FirstIdOf(before);
                var total = (await collections.Notifications.DeleteManyAsync(kept => kept.Id < first, cancellationToken)).DeletedCount;
                var counts = await collections.Notifications.Aggregate()
                    .Group(kept => kept.UserId, group => new { UserId = group.Key, Count = group.LongCount() })
                    .Match(user => user.Count > perUser)
                    .ToListAsync(cancellationToken);
                foreach (var crowded in counts)
                {
                    total += await DeleteSurplusAsync(crowded.UserId, perUser, cancellationToken);
                }

                return total;
            },
            cancellationToken);

    private async Task<bool> TryAddAsync(NotificationDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Notifications.InsertOneAsync(document, options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<long> DeleteSurplusAsync(string userId, int perUser, CancellationToken cancellationToken)
    {
        var newest = await collections.Notifications
            .Find(kept => kept.UserId == userId)
            .Sort(NewestFirst)
            .Skip(perUser)
            .Limit(1)
            .FirstOrDefaultAsync(cancellationToken);
        return newest is null
            ? 0
            : (await collections.Notifications.DeleteManyAsync(
                Filter.Eq(kept => kept.UserId, userId) & Before(new(newest.CreatedAt, newest.Id), orThere: true), cancellationToken)).DeletedCount;
    }
}
