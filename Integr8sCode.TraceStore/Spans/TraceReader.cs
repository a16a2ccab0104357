using Integr8sCode.Otlp;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>Reads whole traces, what the summaries leave out, and the names that occur in traces.</summary>
internal sealed class TraceReader(TraceDatabase database)
{
    private const int MaxNames = 10_000;

    /// <summary>All spans of a trace, earliest first; none when the trace is unknown.</summary>
    public List<OwnedSpan> Find(TraceId id, CancellationToken cancellationToken) => database.Read(
        (connection, _) => Spans(connection, connection.Scalar("SELECT id FROM traces WHERE trace_id = $0", id.ToBytes())), cancellationToken);

    /// <summary>What each service has of a trace, the first to start first.</summary>
    public List<ServiceShare> Shares(TraceSummary trace, CancellationToken cancellationToken) => database.Read(
        (connection, _) => connection.Query(
            "SELECT service, spans, errors, start, end FROM shares WHERE trace = $0 ORDER BY start, service",
            row => new ServiceShare(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            trace.Id),
        cancellationToken);

    /// <summary>How many spans of a trace have a parent that is not there.</summary>
    public long Orphans(TraceSummary trace, CancellationToken cancellationToken) => database.Read(
        (connection, _) => connection.Scalar(
            """
            SELECT count(*) FROM spans child WHERE trace = $0 AND parent_id <> 0
            AND NOT EXISTS (SELECT 1 FROM spans parent WHERE parent.trace = child.trace AND parent.span_id = child.parent_id)
            """,
            trace.Id),
        cancellationToken);

    public List<string> Services(CancellationToken cancellationToken) => database.Read(
        (connection, _) => connection.Query($"SELECT DISTINCT service FROM operations ORDER BY service LIMIT {MaxNames}", row => row.GetString(0)),
        cancellationToken);

    /// <summary>The operations of a service, of one kind or of all.</summary>
    public List<Operation> Operations(string service, SpanKind? kind, CancellationToken cancellationToken) => database.Read(
        (connection, _) => connection.Query(
            $"SELECT name, kind FROM operations WHERE service = $0 AND ($1 < 0 OR kind = $1) ORDER BY name, kind LIMIT {MaxNames}",
            row => new Operation(row.GetString(0), (SpanKind)row.GetInt32(1)),
            service, (long?)kind ?? -1),
        cancellationToken);

    // One statement, so that no span is seen without its origin while others are written and dropped.
    internal static List<OwnedSpan> Spans(SqliteConnection connection, long trace)
    {
        var origins = new Dictionary<long, Origin>();
        var spans = connection.Query(
            "SELECT origin, message, resource, scope FROM spans JOIN origins ON origins.id = origin WHERE trace = $0",
            row => new OwnedSpan(SpanMessage.Decode(row.GetBytes(1)), OriginOf(row, origins)),
            trace);
        spans.Sort((a, b) => (a.Span.Start, a.Span.SpanId).CompareTo((b.Span.Start, b.Span.SpanId)));
        return spans;
    }

    private static Origin OriginOf(SqliteDataReader row, Dictionary<long, Origin> known)
    {
        var id = row.GetInt64(0);
        if (!known.TryGetValue(id, out var origin))
        {
            known.Add(id, origin = OriginMessage.Decode(row.GetBytes(2), row.GetBytes(3)));
        }

        return origin;
    }
}
