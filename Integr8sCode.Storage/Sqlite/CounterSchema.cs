namespace Integr8sCode.Sqlite;

/// <summary>Counters of rate limits, apart from the documents: they may be lost, so no request waits for the disk because of them.</summary>
internal static class CounterSchema
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS rate_limit_counters (
            subject TEXT NOT NULL, counter TEXT NOT NULL, hits BLOB NOT NULL, tokens REAL NOT NULL, at INTEGER, expires_at INTEGER NOT NULL,
            PRIMARY KEY (subject, counter)
        );
        CREATE INDEX IF NOT EXISTS rate_limit_counters_by_expiry ON rate_limit_counters (expires_at);
        """;

    /// <summary>NORMAL: the loss of power costs the last commits, never the file.</summary>
    public static void Configure(SqliteSession session)
    {
        session.Execute("PRAGMA synchronous = NORMAL");
        session.Execute("PRAGMA temp_store = MEMORY");
    }

    public static void Create(SqliteSession session)
    {
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute(Tables);
    }
}
