using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>A row of the table of traces.</summary>
internal static class TraceRow
{
    public const string Columns =
        "id, trace_id, received, start, end, shortest, longest, spans, errors, root_service, root_name, root_start, has_root";

    public static TraceSummary Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        TraceId = TraceId.Of(row.GetFieldValue<byte[]>(1)),
        Received = row.GetInt64(2),
        Start = row.GetInt64(3),
        End = row.GetInt64(4),
        Shortest = row.GetInt64(5),
        Longest = row.GetInt64(6),
        Spans = row.GetInt64(7),
        Errors = row.GetInt64(8),
        RootService = row.GetString(9),
        RootName = row.GetString(10),
        RootStart = row.GetInt64(11),
        HasRoot = row.GetBoolean(12),
    };
}
