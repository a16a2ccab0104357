using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>
/// Finds traces. A search about spans goes through the index segment by segment, newest first, until it has enough: the index
/// names the traces that may match, their spans decide. Any other search is answered from the summaries alone.
/// </summary>
internal sealed class TraceSearch(TraceDatabase database, TraceWriter writer)
{
    /// <summary>The newest traces that match; throws <see cref="TimeoutException"/> when it takes too long.</summary>
    public List<TraceSummary> Find(TraceQuery query, CancellationToken cancellationToken)
    {
        if (query.IsAboutSpans) Index();
        return database.Read(
            (connection, token) =>
            {
                var found = query.IsAboutSpans ? FindBySpans(connection, query, token) : FindBySummary(connection, query);
                return found.OrderByDescending(trace => trace.Start).ToList();
            },
            cancellationToken);
    }

    private void Index()
    {
        try
        {
            writer.Index();
        }
        catch (SqliteException)
        {
            // On a full disk, what is indexed can still be found; the queue logs it.
        }
    }

    private static List<TraceSummary> FindBySummary(SqliteConnection connection, TraceQuery query) => connection.Query(
        $"""
        SELECT {TraceRow.Columns} FROM traces
        WHERE start BETWEEN $0 AND $1 AND end - start BETWEEN $2 AND $3 ORDER BY start DESC LIMIT $4
        """,
        TraceRow.Read, query.StartMin, query.StartMax, query.DurationMin, query.DurationMax, query.Limit);

    private static List<TraceSummary> FindBySpans(SqliteConnection connection, TraceQuery query, CancellationToken cancellationToken)
    {
        var found = new List<TraceSummary>();
        var index = new TermIndex(connection, query);
        foreach (var id in index.Candidates())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trace = connection.Query(
                $"SELECT {TraceRow.Columns} FROM traces WHERE id = $0 AND start BETWEEN $1 AND $2", TraceRow.Read, id, query.StartMin, query.StartMax);
            if (trace is [var summary] && TraceReader.Spans(connection, id).Exists(query.Matches))
            {
                found.Add(summary);
                if (found.Count == query.Limit)
                {
                    break;
                }
            }
        }

        return found;
    }
}
