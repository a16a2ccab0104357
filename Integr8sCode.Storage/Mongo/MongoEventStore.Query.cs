using Integr8sCode.Events;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <content>The questions about the events of all executions.</content>
internal sealed partial class MongoEventStore
{
    private static readonly FilterDefinitionBuilder<EventDocument> Filter = Builders<EventDocument>.Filter;
    private static readonly SortDefinitionBuilder<EventDocument> Sort = Builders<EventDocument>.Sort;

    // Times are ticks here.
    private static readonly BsonDocument CountStage = BsonDocument.Parse($$"""
        {
          $group: {
            _id: {
              hour: { $subtract: ["$recorded_at", { $mod: ["$recorded_at", NumberLong("{{TimeSpan.TicksPerHour}}")] }] },
              service: "$service",
              type: "$type"
            },
            count: { $sum: NumberLong(1) }
          }
        }
        """);

    public Task<IReadOnlyList<Event>?> QueryAsync(EventFilter filter, EventPage page, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Event>?>(
            async () =>
            {
                var where = Where(filter);
                if (page.After is { } after)
                {
                    if (await collections.Events.Find(recorded => recorded.Id == after).FirstOrDefaultAsync(cancellationToken) is not { } place)
                    {
                        return null;
                    }

                    where &= page.Order is RecordingOrder.OldestFirst ? After(place) : Before(place);
                }

                var found = await collections.Events.Find(where).Sort(InOrder(page.Order)).Limit(page.Limit).ToListAsync(cancellationToken);
                return [.. found.Select(recorded => recorded.ToEvent())];
            },
            cancellationToken);

    public Task<IReadOnlyList<EventCount>> CountAsync(EventFilter filter, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<EventCount>>(
            async () =>
            {
                var counts = await collections.Events.Aggregate()
                    .Match(Where(filter))
                    .AppendStage<BsonDocument>(CountStage)
                    .Sort(BsonDocument.Parse("{ '_id.hour': 1, '_id.service': 1, '_id.type': 1 }"))
                    .ToListAsync(cancellationToken);
                return [.. counts.Select(ReadCount)];
            },
            cancellationToken);

    private static FilterDefinition<EventDocument> Where(EventFilter filter)
    {
        var where = Filter.Empty;
        if (filter.ExecutionId is { } execution) where &= Filter.Eq(recorded => recorded.ExecutionId, execution);
        if (filter.CorrelationId is { } correlation) where &= Filter.Eq(recorded => recorded.CorrelationId, correlation);
        if (filter.UserId is { } user) where &= Filter.Eq(recorded => recorded.UserId, user);
        if (filter.Types is { } types) where &= Filter.In(recorded => recorded.Type, types);
        if (filter.Service is { } service) where &= Filter.Eq(recorded => recorded.Service, service);
        if (filter.From is { } from) where &= Filter.Gte(recorded => recorded.RecordedAt, from);
        if (filter.To is { } to) where &= Filter.Lt(recorded => recorded.RecordedAt, to);
        return where;
    }

    // The first condition is what the index is entered by.
    private static FilterDefinition<EventDocument> After(EventDocument place) =>
        Filter.Gte(recorded => recorded.RecordedAt, place.RecordedAt) & (
            Filter.Gt(recorded => recorded.RecordedAt, place.RecordedAt) |
            Filter.Gt(recorded => recorded.Sequence, place.Sequence) |
            (Filter.Eq(recorded => recorded.Sequence, place.Sequence) & Filter.Gt(recorded => recorded.Id, place.Id)));

    private static FilterDefinition<EventDocument> Before(EventDocument place) =>
        Filter.Lte(recorded => recorded.RecordedAt, place.RecordedAt) & (
            Filter.Lt(recorded => recorded.RecordedAt, place.RecordedAt) |
            Filter.Lt(recorded => recorded.Sequence, place.Sequence) |
            (Filter.Eq(recorded => recorded.Sequence, place.Sequence) & Filter.Lt(recorded => recorded.Id, place.Id)));

    private static SortDefinition<EventDocument> InOrder(RecordingOrder order) => order is RecordingOrder.OldestFirst
        ? Sort.Ascending(recorded => recorded.RecordedAt).Ascending(recorded => recorded.Sequence).Ascending(recorded => recorded.Id)
        : Sort.Descending(recorded => recorded.RecordedAt).Descending(recorded => recorded.Sequence).Descending(recorded => recorded.Id);

    private static EventCount ReadCount(BsonDocument row) => new(
        new(row["_id"]["hour"].ToInt64(), TimeSpan.Zero), row["_id"]["service"].AsString, row["_id"]["type"].AsString, row["count"].ToInt64());
}
