using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>Opens the database file and makes it ready: a new one gets its tables, one of another version is refused.</summary>
internal static class TraceFile
{
    private const int Version = 1;

    public static SqliteConnection OpenForWriting(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = full, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static string ConnectionForReading(string path) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Mode = SqliteOpenMode.ReadOnly }.ToString();

    private static void Prepare(SqliteConnection connection)
    {
        // The page size only counts for a file that is still empty; spans up to 2 KB then need no overflow page.
        connection.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        connection.Execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536");
        var version = connection.Scalar("PRAGMA user_version");
        if (version is not (0 or Version))
        {
            throw new InvalidDataException($"It was written by another version ({version}). Move it away or name another file.");
        }

        connection.Execute($"{TraceSchema.Sql}; PRAGMA user_version = {Version}");
    }
}
