using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>
/// Fills the index of search terms. From which trace on it may be incomplete is noted in the file together with the trace, so that a process
/// that was killed makes it complete when it starts again.
/// </summary>
internal sealed class TermWriter(SqliteConnection connection, PendingTerms pending) : IDisposable
{
    private const int TracesAtOnce = 5_000;

    private readonly Statement _insert = new(connection, "INSERT OR IGNORE INTO terms (segment, term, trace) VALUES (?1, ?2, ?3)");

    public void Add(long trace, HashSet<int> terms)
    {
        if (pending.Add(trace, terms)) Note(trace);
    }

    /// <summary>Writes what waits; returns true.</summary>
    public bool Write()
    {
        foreach (var entry in pending.Sorted()) _insert.Run(entry.Segment, entry.Term, entry.Trace);
        pending.Clear();
        connection.Execute("DELETE FROM unindexed");
        return true;
    }

    /// <summary>Indexes some of what an earlier process left behind; returns true when there is nothing more.</summary>
    public bool Recover()
    {
        var first = connection.Scalar("SELECT min(first) FROM unindexed");
        if (first == 0) return true;
        var next = first + TracesAtOnce;
        foreach (var trace in connection.Query("SELECT id FROM traces WHERE id >= $0 AND id < $1", row => row.GetInt64(0), first, next))
        {
            foreach (var term in TermsOf(trace)) _insert.Run(TraceSchema.SegmentOf(trace), term, trace);
        }

        connection.Execute("DELETE FROM unindexed");
        if (next <= connection.Scalar("SELECT max(id) FROM traces")) Note(next);
        return false;
    }

    public void Dispose() => _insert.Dispose();

    private void Note(long first) => connection.Execute("INSERT INTO unindexed (first) VALUES ($0)", first);

    private HashSet<int> TermsOf(long trace) =>
    [
        .. TraceReader.Spans(connection, trace).SelectMany(SearchTerm.Of),
        .. connection.Query("SELECT DISTINCT origin FROM spans WHERE trace = $0", row => SearchTerm.Origin(row.GetInt64(0)), trace),
    ];
}
