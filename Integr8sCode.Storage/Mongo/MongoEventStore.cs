using Integr8sCode.Events;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed partial class MongoEventStore(MongoCollections collections, MongoProjection projection) : IEventStore
{
    private const int MarkBatch = 1000;

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, CancellationToken cancellationToken) =>
        ListAsync(executionId, after: 0, cancellationToken);

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, long after, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Event>>(
            async () =>
            {
                var stream = await collections.Events
                    .Find(recorded => recorded.ExecutionId == executionId && recorded.Sequence > after)
                    .SortBy(recorded => recorded.Sequence)
                    .ToListAsync(cancellationToken);
                return [.. stream.Select(recorded => recorded.ToEvent())];
            },
            cancellationToken);

    public Task<Event?> FindAsync(Guid eventId, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Events.Find(recorded => recorded.Id == eventId).FirstOrDefaultAsync(cancellationToken))?.ToEvent(),
            cancellationToken);

    public Task<IReadOnlyList<Event>> FindUnpublishedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Event>>(
            async () =>
            {
                var unpublished = await collections.Events
                    .Find(recorded => recorded.Published == false && recorded.RecordedAt < before)
                    .SortBy(recorded => recorded.RecordedAt).ThenBy(recorded => recorded.Sequence)
                    .Limit(limit)
                    .ToListAsync(cancellationToken);
                if (unpublished.Count > 0)
                {
                    await projection.RepairBehindAsync(unpublished, cancellationToken);
                }

                return [.. unpublished.Select(recorded => recorded.ToEvent())];
            },
            cancellationToken);

    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> eventIds, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                foreach (var batch in eventIds.Chunk(MarkBatch))
                {
                    await MarkAsync(batch, cancellationToken);
                }

                return eventIds.Count;
            },
            cancellationToken);

    public Task<OutboxBacklog> MeasureBacklogAsync(CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var count = await collections.Events.CountDocumentsAsync(recorded => recorded.Published == false, options: null, cancellationToken);
                var oldest = await collections.Events
                    .Find(recorded => recorded.Published == false)
                    .SortBy(recorded => recorded.RecordedAt).ThenBy(recorded => recorded.Sequence)
                    .Project(recorded => new { recorded.RecordedAt })
                    .FirstOrDefaultAsync(cancellationToken);
                return new OutboxBacklog(count, oldest?.RecordedAt);
            },
            cancellationToken);

    // A mark that the server loses costs one more publication, which the consumers' inbox drops.
    private Task MarkAsync(Guid[] eventIds, CancellationToken cancellationToken) =>
        DriverSpans.DescribeAsync(eventIds.Length, () => collections.Events.WithWriteConcern(WriteConcern.W1).UpdateManyAsync(
            Builders<EventDocument>.Filter.In(recorded => recorded.Id, eventIds),
            Builders<EventDocument>.Update.Set(recorded => recorded.Published, true),
            options: null,
            cancellationToken));
}
