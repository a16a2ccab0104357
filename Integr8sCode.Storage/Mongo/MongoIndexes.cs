using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>What every collection is asked by. Creating an index that is there is a no-op, so any number of processes may do it at once.</summary>
internal static class MongoIndexes
{
    /// <summary>A row of the inbox goes by itself this long after its handling, whatever becomes of the pruning.</summary>
    private static readonly TimeSpan InboxRetention = TimeSpan.FromDays(30);

    public static async Task CreateAsync(MongoCollections collections, CancellationToken cancellationToken)
    {
        await collections.Events.Indexes.CreateManyAsync(Events(), cancellationToken);
        await collections.Executions.Indexes.CreateManyAsync(Executions(), cancellationToken);
        await collections.OutputChunks.Indexes.CreateManyAsync(OutputChunks(), cancellationToken);
        await collections.Inbox.Indexes.CreateManyAsync(Inbox(), cancellationToken);
        await collections.Sagas.Indexes.CreateManyAsync(Sagas(), cancellationToken);
        await collections.DeadLetters.Indexes.CreateManyAsync(DeadLetters(), cancellationToken);
        await collections.Replays.Indexes.CreateManyAsync(Replays(), cancellationToken);
        await collections.Users.Indexes.CreateManyAsync(Users(), cancellationToken);
        await collections.ApiKeys.Indexes.CreateManyAsync(ApiKeys(), cancellationToken);
        await collections.Notifications.Indexes.CreateManyAsync(Notifications(), cancellationToken);
        await collections.RateLimitCounters.Indexes.CreateManyAsync(RateLimitCounters(), cancellationToken);
    }

    private static IEnumerable<CreateIndexModel<EventDocument>> Events()
    {
        var keys = Builders<EventDocument>.IndexKeys;
        var filter = Builders<EventDocument>.Filter;
        yield return new(
            keys.Ascending(recorded => recorded.ExecutionId).Ascending(recorded => recorded.Sequence),
            new CreateIndexOptions<EventDocument> { Name = "stream", Unique = true });
        yield return new(
            keys.Ascending(recorded => recorded.ExecutionId),
            new CreateIndexOptions<EventDocument>
            {
                Name = "terminal",
                Unique = true,
                PartialFilterExpression = filter.Eq(recorded => recorded.Terminal, true),
            });
        yield return new(
            keys.Ascending(recorded => recorded.UserId).Ascending(recorded => recorded.IdempotencyKey),
            new CreateIndexOptions<EventDocument>
            {
                Name = "idempotent",
                Unique = true,
                PartialFilterExpression = filter.Exists(recorded => recorded.IdempotencyKey),
            });
        yield return new(
            keys.Ascending(recorded => recorded.Published).Ascending(recorded => recorded.RecordedAt).Ascending(recorded => recorded.Sequence),
            new CreateIndexOptions<EventDocument>
            {
                Name = "unpublished",
                PartialFilterExpression = filter.Eq(recorded => recorded.Published, false),
            });
        yield return Recording(keys.Combine(), "by_recording");
        yield return Recording(keys.Ascending(recorded => recorded.Type), "by_type");
        yield return Recording(keys.Ascending(recorded => recorded.UserId), "by_user");
        yield return Recording(keys.Ascending(recorded => recorded.CorrelationId), "by_correlation");
        yield return Recording(keys.Ascending(recorded => recorded.Service), "by_service");
    }

    // In the order in which events are listed, so that a page reads no more than itself.
    private static CreateIndexModel<EventDocument> Recording(IndexKeysDefinition<EventDocument> leading, string name)
    {
        var keys = Builders<EventDocument>.IndexKeys;
        return new(
            keys.Combine(
                leading,
                keys.Ascending(recorded => recorded.RecordedAt).Ascending(recorded => recorded.Sequence).Ascending(recorded => recorded.Id)),
            new() { Name = name });
    }

    private static IEnumerable<CreateIndexModel<ExecutionDocument>> Executions()
    {
        var keys = Builders<ExecutionDocument>.IndexKeys;
        yield return new(
            keys.Ascending(execution => execution.UserId).Descending(execution => execution.Id), new() { Name = "by_user" });
        yield return new(
            keys.Ascending(execution => execution.Status).Ascending(execution => execution.Due), new() { Name = "due" });
        yield return new(
            keys.Ascending(execution => execution.Status).Ascending(execution => execution.Place), new() { Name = "line" });
        yield return new(
            keys.Ascending(execution => execution.UserId).Ascending(execution => execution.Status).Ascending(execution => execution.Place),
            new() { Name = "line_of_user" });
        yield return new(
            keys.Ascending(execution => execution.WorkerId),
            new CreateIndexOptions<ExecutionDocument>
            {
                Name = "by_worker",
                PartialFilterExpression = Builders<ExecutionDocument>.Filter.Eq(execution => execution.Status, ExecutionStatus.Running),
            });
    }

    private static IEnumerable<CreateIndexModel<OutputChunkDocument>> OutputChunks()
    {
        var keys = Builders<OutputChunkDocument>.IndexKeys;
        yield return new(
            keys.Ascending(chunk => chunk.ExecutionId).Ascending(chunk => chunk.Position), new() { Name = "stream", Unique = true });
        yield return new(keys.Ascending(chunk => chunk.WrittenAt), new() { Name = "expiry", ExpireAfter = OutputChunkDocument.Retention });
    }

    private static IEnumerable<CreateIndexModel<InboxDocument>> Inbox()
    {
        var keys = Builders<InboxDocument>.IndexKeys;
        yield return new(keys.Ascending(handled => handled.HandledAt), new() { Name = "by_age" });
        yield return new(keys.Ascending(handled => handled.NotedAt), new() { Name = "expiry", ExpireAfter = InboxRetention });
    }

    private static IEnumerable<CreateIndexModel<SagaDocument>> Sagas()
    {
        var keys = Builders<SagaDocument>.IndexKeys;
        yield return new(keys.Ascending(saga => saga.Deadline), new() { Name = "by_deadline" });
        yield return new(keys.Ascending(saga => saga.UserId).Descending(saga => saga.Id), new() { Name = "by_user" });
    }

    private static IEnumerable<CreateIndexModel<UserDocument>> Users()
    {
        yield return new(Builders<UserDocument>.IndexKeys.Ascending(user => user.Role), new() { Name = "by_role" });
    }

    private static IEnumerable<CreateIndexModel<ApiKeyDocument>> ApiKeys()
    {
        var keys = Builders<ApiKeyDocument>.IndexKeys;
        yield return new(keys.Ascending(key => key.Prefix), new() { Name = "by_prefix" });
        yield return new(keys.Ascending(key => key.UserId).Ascending(key => key.Id), new() { Name = "by_user" });
    }

    private static IEnumerable<CreateIndexModel<RateLimitCounterDocument>> RateLimitCounters()
    {
        var keys = Builders<RateLimitCounterDocument>.IndexKeys;
        yield return new(keys.Ascending(counter => counter.Subject), new() { Name = "by_subject" });
        yield return new(keys.Ascending(counter => counter.ExpiresAt), new() { Name = "expiry", ExpireAfter = TimeSpan.Zero });
    }

    private static IEnumerable<CreateIndexModel<DeadLetterDocument>> DeadLetters()
    {
        var keys = Builders<DeadLetterDocument>.IndexKeys;
        yield return new(keys.Ascending(letter => letter.Identity), new() { Name = "identity", Unique = true });
        yield return new(keys.Ascending(letter => letter.Status).Descending(letter => letter.Id), new() { Name = "by_status" });
        yield return new(keys.Ascending(letter => letter.Due), new() { Name = "due" });
        yield return new(keys.Ascending(letter => letter.ClosedAt), new() { Name = "by_closing" });
        yield return new(keys.Ascending(letter => letter.BatchId), new() { Name = "by_batch" });
        yield return new(keys.Ascending(letter => letter.Line).Ascending(letter => letter.Id), new() { Name = "by_line" });
    }

    private static IEnumerable<CreateIndexModel<ReplayDocument>> Replays()
    {
        var keys = Builders<ReplayDocument>.IndexKeys;
        yield return new(keys.Ascending(replay => replay.Status).Descending(replay => replay.Id), new() { Name = "by_status" });
        yield return new(
            keys.Ascending(replay => replay.FreeAt),
            new CreateIndexOptions<ReplayDocument>
            {
                Name = "free",
                PartialFilterExpression = Builders<ReplayDocument>.Filter.Exists(replay => replay.FreeAt),
            });
    }

    private static IEnumerable<CreateIndexModel<NotificationDocument>> Notifications()
    {
        var keys = Builders<NotificationDocument>.IndexKeys;
        var filter = Builders<NotificationDocument>.Filter;
        yield return new(
            keys.Ascending(kept => kept.UserId).Ascending(kept => kept.CreatedAt).Ascending(kept => kept.Id), new() { Name = "by_user" });
        yield return new(
            keys.Ascending(kept => kept.Due),
            new CreateIndexOptions<NotificationDocument> { Name = "due", PartialFilterExpression = filter.Exists(kept => kept.Due) });
        yield return new(
            keys.Ascending(kept => kept.UserId),
            new CreateIndexOptions<NotificationDocument>
            {
                Name = "unread",
                PartialFilterExpression =
                    filter.Eq(kept => kept.Channel, NotificationChannel.InApp) & filter.Eq(kept => kept.Status, NotificationStatus.Delivered),
            });
    }
}
