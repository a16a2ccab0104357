using Integr8sCode.DeadLetters;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <content>The reads.</content>
internal sealed partial class SqliteDeadLetterStore
{
    private const string Source = "SELECT letter, state FROM dead_letters JOIN dead_letter_messages ON letter_id = id";

    internal const string ById = $"{Source} WHERE id = $id";

    internal const string ByIdentity = $"{Source} WHERE identity = $identity";

    internal const string AllDue = $"""
        {Source} WHERE due <= $now AND (status = $pending OR NOT EXISTS (
            SELECT 1 FROM dead_letters AS ahead WHERE ahead.line = dead_letters.line AND ahead.id < dead_letters.id AND ahead.due IS NOT NULL))
        ORDER BY due LIMIT $limit
        """;

    private static readonly StoreCall Finding = new("SELECT", "dead_letters");

    public Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(Finding, session => session.Find(ById, ReadLetter, ("$id", id)), cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var (sql, parameters) = Listing(filter);
        return database.ReadAsync<IReadOnlyList<DeadLetter>>(Finding, session => session.Query(sql, ReadLetter, parameters), cancellationToken);
    }

    public Task<IReadOnlyList<DeadLetter>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(
            Finding,
            session => session.Query(AllDue, ReadLetter, ("$now", now), ("$pending", (long)DeadLetterStatus.Pending), ("$limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var (where, parameters) = Restrict(filter with { Before = null });
        return database.ReadAsync<IReadOnlyList<DeadLetterCount>>(
            Finding,
            session => session.Query(
                $"""
                SELECT status, topic, consumer_group, event_type, fingerprint, exception_type, top_frame,
                    count(*), min(first_failed_at), max(failed_at), sum(retry_count), max(retry_count)
                FROM dead_letters {where} GROUP BY 1, 2, 3, 4, 5, 6, 7
                """,
                ReadCount, parameters),
            cancellationToken);
    }

    /// <summary>Only what the filter sets is in the statement, because SQLite chooses its index from the text.</summary>
    internal static (string Sql, (string Name, object? Value)[] Parameters) Listing(DeadLetterFilter filter)
    {
        var (where, parameters) = Restrict(filter);
        return ($"{Source} {where} ORDER BY id DESC LIMIT $limit", [.. parameters, ("$limit", filter.Limit)]);
    }

    private static (string Where, (string Name, object? Value)[] Parameters) Restrict(DeadLetterFilter filter)
    {
        (string Condition, string Name, object? Value)[] all =
        [
            ("status = $status", "$status", (long?)filter.Status),
            ("topic = $topic", "$topic", filter.Topic),
            ("event_type = $event_type", "$event_type", filter.EventType),
            ("consumer_group = $group", "$group", filter.ConsumerGroup),
            ("fingerprint = $fingerprint", "$fingerprint", filter.Fingerprint),
            ("failed_at >= $from", "$from", filter.From),
            ("failed_at < $to", "$to", filter.To),
            ("batch_id = $batch", "$batch", filter.BatchId),
            ("id < $before", "$before", filter.Before),
        ];
        var set = all.Where(condition => condition.Value is not null).ToList();
        var where = set is [] ? "" : $"WHERE {string.Join(" AND ", set.Select(condition => condition.Condition))}";
        return (where, [.. set.Select(condition => (condition.Name, condition.Value))]);
    }

    private static DeadLetterCount ReadCount(SqliteDataReader row) => new(
        (DeadLetterStatus)row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.ReadOptionalText(3),
        row.GetString(4),
        row.GetString(5),
        row.ReadOptionalText(6),
        row.GetInt64(7),
        row.ReadTime(8),
        row.ReadTime(9),
        row.GetInt64(10),
        row.GetInt32(11));
}
