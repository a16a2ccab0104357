namespace Integr8sCode.Spans;

internal static class TraceSchema
{
    /// <summary>
    /// Traces are numbered in the order they arrive, and everything about a trace is stored under its number: old traces
    /// lie together and are dropped by ranges. The index of search terms is cut into segments of traces for the same reason,
    /// and so that writing it touches only the newest part, whatever the size of the file.
    /// </summary>
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS traces (
            id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE, received INTEGER NOT NULL,
            start INTEGER NOT NULL, end INTEGER NOT NULL, shortest INTEGER NOT NULL, longest INTEGER NOT NULL,
            spans INTEGER NOT NULL, errors INTEGER NOT NULL,
            root_service TEXT NOT NULL, root_name TEXT NOT NULL, root_start INTEGER NOT NULL, has_root INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS traces_by_start ON traces (start);

        CREATE TABLE IF NOT EXISTS shares (
            trace INTEGER NOT NULL, service TEXT NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            PRIMARY KEY (trace, service)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS spans (
            trace INTEGER NOT NULL, span_id INTEGER NOT NULL, parent_id INTEGER NOT NULL, origin INTEGER NOT NULL, message BLOB NOT NULL,
            PRIMARY KEY (trace, span_id)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS terms (
            segment INTEGER NOT NULL, term INTEGER NOT NULL, trace INTEGER NOT NULL,
            PRIMARY KEY (segment, term, trace)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS unindexed (first INTEGER NOT NULL);

        CREATE TABLE IF NOT EXISTS origins (
            id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, service TEXT NOT NULL,
            resource BLOB NOT NULL, scope BLOB NOT NULL, last_trace INTEGER NOT NULL);

        CREATE TABLE IF NOT EXISTS operations (
            service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, last_trace INTEGER NOT NULL,
            PRIMARY KEY (service, name, kind)) WITHOUT ROWID;
        """;

    /// <summary>Traces per segment of the search index, as a power of two.</summary>
    private const int SegmentBits = 12;

    public static long SegmentOf(long trace) => trace >> SegmentBits;

    public static long FirstOf(long segment) => segment << SegmentBits;

    public static long LastOf(long segment) => FirstOf(segment + 1) - 1;
}
