using System.Text.RegularExpressions;
using Integr8sCode.Notifications;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <content>The reads.</content>
internal sealed partial class MongoNotificationStore
{
    private static readonly FilterDefinitionBuilder<NotificationDocument> Filter = Builders<NotificationDocument>.Filter;

    private static readonly SortDefinition<NotificationDocument> NewestFirst =
        Builders<NotificationDocument>.Sort.Descending(kept => kept.CreatedAt).Descending(kept => kept.Id);

    private static readonly SortDefinition<NotificationDocument> OldestFirst =
        Builders<NotificationDocument>.Sort.Ascending(kept => kept.CreatedAt).Ascending(kept => kept.Id);

    public Task<Notification?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Notifications.Find(kept => kept.Id == id).FirstOrDefaultAsync(cancellationToken))?.ToNotification(),
            cancellationToken);

    public Task<IReadOnlyList<Notification>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Filter.Lte(kept => kept.Due, now), Builders<NotificationDocument>.Sort.Ascending(kept => kept.Due), limit, cancellationToken);

    public Task<IReadOnlyList<Notification>> ListAsync(NotificationFilter filter, CancellationToken cancellationToken)
    {
        var where = Filter.Eq(kept => kept.UserId, filter.UserId);
        if (filter.Status is { } status) where &= Filter.Eq(kept => kept.Status, status);
        if (filter.Channel is { } channel) where &= Filter.Eq(kept => kept.Channel, channel);
        if (filter.Severity is { } severity) where &= Filter.Eq(kept => kept.Severity, severity);
        if (filter.IncludeTags is { Count: > 0 } included) where &= Filter.AnyIn(kept => kept.Tags, included);
        if (filter.ExcludeTags is { Count: > 0 } excluded) where &= Filter.AnyNin(kept => kept.Tags, excluded);
        if (filter.TagPrefix is { } prefix)
        {
            where &= Filter.Regex("tags", new BsonRegularExpression($"^{Regex.Escape(prefix)}"));
        }

        if (filter.Before is { } before) where &= Before(before, orThere: false);
        return QueryAsync(where, NewestFirst, filter.Limit, cancellationToken);
    }

    public Task<IReadOnlyList<Notification>> ListSinceAsync(
        NotificationCursor after, IReadOnlyCollection<string> userIds, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Filter.In(kept => kept.UserId, userIds)
                & (Filter.Gt(kept => kept.CreatedAt, after.CreatedAt)
                    | (Filter.Eq(kept => kept.CreatedAt, after.CreatedAt) & Filter.Gt(kept => kept.Id, after.Id))),
            OldestFirst,
            limit,
            cancellationToken);

    public Task<long> CountUnreadAsync(string userId, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => collections.Notifications.CountDocumentsAsync(UnreadOf(userId), options: null, cancellationToken), cancellationToken);

    private static FilterDefinition<NotificationDocument> UnreadOf(string userId) =>
        Filter.Eq(kept => kept.UserId, userId)
        & Filter.Eq(kept => kept.Channel, NotificationChannel.InApp)
        & Filter.Eq(kept => kept.Status, NotificationStatus.Delivered);

    private static FilterDefinition<NotificationDocument> Before(NotificationCursor cursor, bool orThere)
    {
        var id = orThere ? Filter.Lte(kept => kept.Id, cursor.Id) : Filter.Lt(kept => kept.Id, cursor.Id);
        return Filter.Lt(kept => kept.CreatedAt, cursor.CreatedAt) | (Filter.Eq(kept => kept.CreatedAt, cursor.CreatedAt) & id);
    }

    private Task<IReadOnlyList<Notification>> QueryAsync(
        FilterDefinition<NotificationDocument> filter, SortDefinition<NotificationDocument> sort, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Notification>>(
            async () =>
            {
                var found = await collections.Notifications.Find(filter).Sort(sort).Limit(limit).ToListAsync(cancellationToken);
                return [.. found.Select(document => document.ToNotification())];
            },
            cancellationToken);
}
