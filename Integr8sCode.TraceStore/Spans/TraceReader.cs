using Google.Protobuf;
using Integr8sCode.Otlp;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>Reads whole traces, and the names that occur in them.</summary>
internal sealed class TraceReader(TraceDatabase database)
{
    private const int MaxNames = 10_000;

    /// <summary>All spans of a trace, earliest first; none when the trace is unknown.</summary>
    public List<OwnedSpan> Find(TraceId id)
    {
        using var connection = database.OpenReader();
        var trace = connection.Scalar("SELECT id FROM traces WHERE trace_id = $0", id.ToBytes());
        return Spans(connection, trace);
    }

    public List<string> Services()
    {
        using var connection = database.OpenReader();
        return connection.Query($"SELECT DISTINCT service FROM operations ORDER BY service LIMIT {MaxNames}", row => row.GetString(0));
    }

    /// <summary>The operations of a service, of one kind or of all.</summary>
    public List<Operation> Operations(string service, SpanKind? kind)
    {
        using var connection = database.OpenReader();
        return connection.Query(
            $"SELECT name, kind FROM operations WHERE service = $0 AND ($1 < 0 OR kind = $1) ORDER BY name, kind LIMIT {MaxNames}",
            row => new Operation(row.GetString(0), (SpanKind)row.GetInt32(1)),
            service, (long?)kind ?? -1);
    }

    internal static List<OwnedSpan> Spans(SqliteConnection connection, long trace)
    {
        var origins = connection.Query(
            "SELECT id, resource, scope FROM origins WHERE id IN (SELECT origin FROM spans WHERE trace = $0)",
            row => (Id: row.GetInt64(0), Origin: OriginMessage.Decode(Bytes(row, 1), Bytes(row, 2))),
            trace).ToDictionary(row => row.Id, row => row.Origin);
        var spans = connection.Query(
            "SELECT origin, message FROM spans WHERE trace = $0",
            row => new OwnedSpan(SpanMessage.Decode(Bytes(row, 1)), origins[row.GetInt64(0)]),
            trace);
        spans.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return spans;
    }

    private static ByteString Bytes(SqliteDataReader row, int column) => UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(column));
}
