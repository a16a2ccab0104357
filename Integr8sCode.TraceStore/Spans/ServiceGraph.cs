namespace Integr8sCode.Spans;

/// <summary>Which service calls which, from the newest traces of a time range.</summary>
internal sealed class ServiceGraph(TraceDatabase database)
{
    private const int MaxTraces = 10_000;

    public List<ServiceCall> Calls(long startMin, long startMax, CancellationToken cancellationToken) => database.Read(
        (connection, _) => connection.Query(
            $"""
            WITH newest AS (SELECT id FROM traces WHERE start BETWEEN $0 AND $1 ORDER BY start DESC LIMIT {MaxTraces})
            SELECT caller.service, called.service, count(*) FROM newest
            CROSS JOIN spans child ON child.trace = newest.id
            CROSS JOIN spans parent ON parent.trace = child.trace AND parent.span_id = child.parent_id
            CROSS JOIN origins called ON called.id = child.origin
            CROSS JOIN origins caller ON caller.id = parent.origin
            WHERE caller.service <> called.service
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            row => new ServiceCall(row.GetString(0), row.GetString(1), row.GetInt64(2)),
            startMin, startMax),
        cancellationToken);
}

internal sealed record ServiceCall(string Parent, string Child, long CallCount);
