using Integr8sCode.Events;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed partial class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    private const string Columns =
        "event_id, execution_id, sequence, time, type, version, correlation_id, user_id, service, trace_parent, trace_state, data";

    internal const string Stream = $"SELECT {Columns} FROM events WHERE execution_id = $execution ORDER BY sequence";

    internal const string StreamAfter = $"SELECT {Columns} FROM events WHERE execution_id = $execution AND sequence > $after ORDER BY sequence";

    internal const string ById = $"SELECT {Columns} FROM events WHERE event_id = $id";

    internal const string Unpublished =
        $"SELECT {Columns} FROM events WHERE published = 0 AND time < $before ORDER BY position LIMIT $limit";

    internal const string Backlog = "SELECT count(*), min(time) FROM events WHERE published = 0";

    internal const string Mark = "UPDATE events SET published = 1 WHERE event_id = $id AND published = 0";

    private static readonly StoreCall Finding = new("SELECT", "events");
    private static readonly StoreCall Polling = new("SELECT", "events");
    private static readonly StoreCall Marking = new("UPDATE", "events");

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Event>>(
            Finding,
            session => session.Query(Stream, ReadEvent, ("$execution", executionId)),
            cancellationToken);

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, long after, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Event>>(
            Finding,
            session => session.Query(StreamAfter, ReadEvent, ("$execution", executionId), ("$after", after)),
            cancellationToken);

    public Task<Event?> FindAsync(Guid eventId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(ById, ReadEvent, ("$id", eventId)),
            cancellationToken);

    public Task<IReadOnlyList<Event>> FindUnpublishedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Event>>(
            Polling,
            session => session.Query(Unpublished, ReadEvent, ("$before", before), ("$limit", limit)),
            cancellationToken);

    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> eventIds, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. eventIds];
        return ids is [] ? Task.CompletedTask : database.WriteAsync(
            Marking with { BatchSize = ids.Length },
            session => ids.Sum(id => session.Execute(Mark, ("$id", id))),
            cancellationToken);
    }

    public Task<OutboxBacklog> MeasureBacklogAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            Polling,
            session => session.Find(Backlog, row => new OutboxBacklog(row.GetInt64(0), row.ReadOptionalTime(1)))!,
            cancellationToken);

    /// <summary>Adds the event inside the transaction that makes the change it tells of.</summary>
    /// <param name="data">The event's data, made to text before the writer's turn.</param>
    public static void Insert(SqliteSession session, Event recorded, string data) => session.Execute(
        $"""
         INSERT INTO events ({Columns}, recorded_at)
         VALUES ($event, $execution, $sequence, $time, $type, $version, $correlation, $user, $service, $traceParent, $traceState, $data,
             max($time, coalesce((SELECT recorded_at FROM events WHERE execution_id = $execution AND sequence = $sequence - 1), 0)))
         """,
        ("$event", recorded.EventId),
        ("$execution", recorded.ExecutionId),
        ("$sequence", recorded.Sequence),
        ("$time", recorded.Time),
        ("$type", recorded.Type),
        ("$version", recorded.Version),
        ("$correlation", recorded.CorrelationId),
        ("$user", recorded.UserId),
        ("$service", recorded.Service),
        ("$traceParent", recorded.TraceParent),
        ("$traceState", recorded.TraceState),
        ("$data", data));

    private static Event ReadEvent(SqliteDataReader row) => new()
    {
        EventId = row.ReadId(0),
        ExecutionId = row.ReadId(1),
        Sequence = row.GetInt64(2),
        Time = row.ReadTime(3),
        Type = row.GetString(4),
        Version = row.GetInt32(5),
        CorrelationId = row.GetString(6),
        UserId = row.GetString(7),
        Service = row.GetString(8),
        TraceParent = row.ReadOptionalText(9),
        TraceState = row.ReadOptionalText(10),
        Data = row.ReadJson(11, CoreJson.Default.JsonElement),
    };
}
