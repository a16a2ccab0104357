using Integr8sCode.DeadLetters;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <content>The reads.</content>
internal sealed partial class MongoDeadLetterStore
{
    private static readonly FilterDefinitionBuilder<DeadLetterDocument> Filter = Builders<DeadLetterDocument>.Filter;
    private static readonly SortDefinitionBuilder<DeadLetterDocument> Sort = Builders<DeadLetterDocument>.Sort;

    // Older letters of the same line for which something is still due, one at most.
    private static readonly BsonDocument AheadStage = BsonDocument.Parse("""
        {
          $lookup: {
            from: "dead_letters",
            let: { line: "$line", id: "$_id" },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ["$line", "$$line"] }, { $lt: ["$_id", "$$id"] }, { $gt: ["$due", null] }] } } },
              { $limit: 1 },
              { $project: { _id: 1 } }
            ],
            as: "ahead"
          }
        }
        """);

    private static readonly BsonDocument UnhinderedStage = BsonDocument.Parse("""
        { $match: { $or: [{ status: "Pending" }, { line: null }, { ahead: [] }] } }
        """);

    private static readonly BsonDocument WithoutAheadStage = BsonDocument.Parse("{ $project: { ahead: 0 } }");

    private static readonly BsonDocument CountStage = BsonDocument.Parse("""
        {
          $group: {
            _id: {
              status: "$status", topic: "$topic", group: "$consumer_group", event_type: "$event_type",
              fingerprint: "$fingerprint", exception: "$exception_type", frame: "$top_frame"
            },
            count: { $sum: NumberLong(1) },
            oldest: { $min: "$first_failed_at" },
            newest: { $max: "$failed_at" },
            retries: { $sum: "$retry_count" },
            most_retries: { $max: "$retry_count" }
          }
        }
        """);

    public Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.DeadLetters.Find(letter => letter.Id == id).FirstOrDefaultAsync(cancellationToken))?.ToLetter(),
            cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        QueryAsync(Where(filter), Sort.Descending(letter => letter.Id), filter.Limit, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<DeadLetter>>(
            async () =>
            {
                var due = await collections.DeadLetters.Aggregate()
                    .Match(Filter.Lte(letter => letter.Due, now))
                    .Sort(Sort.Ascending(letter => letter.Due))
                    .AppendStage<BsonDocument>(AheadStage)
                    .AppendStage<BsonDocument>(UnhinderedStage)
                    .Limit(limit)
                    .AppendStage<DeadLetterDocument>(WithoutAheadStage)
                    .ToListAsync(cancellationToken);
                return [.. due.Select(document => document.ToLetter())];
            },
            cancellationToken);

    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<DeadLetterCount>>(
            async () =>
            {
                var counts = await collections.DeadLetters.Aggregate()
                    .Match(Where(filter with { Before = null }))
                    .AppendStage<BsonDocument>(CountStage)
                    .ToListAsync(cancellationToken);
                return [.. counts.Select(ReadCount)];
            },
            cancellationToken);

    private static FilterDefinition<DeadLetterDocument> Where(DeadLetterFilter filter)
    {
        var where = Filter.Empty;
        if (filter.Status is { } status) where &= Filter.Eq(letter => letter.Status, status);
        if (filter.Topic is { } topic) where &= Filter.Eq(letter => letter.Topic, topic);
        if (filter.EventType is { } eventType) where &= Filter.Eq(letter => letter.EventType, eventType);
        if (filter.ConsumerGroup is { } group) where &= Filter.Eq(letter => letter.ConsumerGroup, group);
        if (filter.Fingerprint is { } fingerprint) where &= Filter.Eq(letter => letter.Fingerprint, fingerprint);
        if (filter.From is { } from) where &= Filter.Gte(letter => letter.FailedAt, from);
        if (filter.To is { } to) where &= Filter.Lt(letter => letter.FailedAt, to);
        if (filter.BatchId is { } batch) where &= Filter.Eq(letter => letter.BatchId, batch);
        if (filter.Before is { } before) where &= Filter.Lt(letter => letter.Id, before);
        return where;
    }

    private static DeadLetterCount ReadCount(BsonDocument count)
    {
        var alike = count["_id"].AsBsonDocument;
        return new(
            Enum.Parse<DeadLetterStatus>(alike["status"].AsString),
            alike["topic"].AsString,
            alike["group"].AsString,
            TextOf(alike, "event_type"),
            alike["fingerprint"].AsString,
            alike["exception"].AsString,
            TextOf(alike, "frame"),
            count["count"].ToInt64(),
            new(count["oldest"].ToInt64(), TimeSpan.Zero),
            new(count["newest"].ToInt64(), TimeSpan.Zero),
            count["retries"].ToInt64(),
            count["most_retries"].ToInt32());
    }

    private static string? TextOf(BsonDocument alike, string name) =>
        alike.TryGetValue(name, out var text) && text.IsString ? text.AsString : null;

    private Task<IReadOnlyList<DeadLetter>> QueryAsync(
        FilterDefinition<DeadLetterDocument> filter, SortDefinition<DeadLetterDocument> sort, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<DeadLetter>>(
            async () =>
            {
                var found = await collections.DeadLetters.Find(filter).Sort(sort).Limit(limit).ToListAsync(cancellationToken);
                return [.. found.Select(document => document.ToLetter())];
            },
            cancellationToken);
}
