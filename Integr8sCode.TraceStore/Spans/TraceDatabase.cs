using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

/// <summary>
/// The SQLite file. One connection writes, under a lock; readers have connections of their own and, thanks to the
/// write-ahead log, neither wait nor are waited for. What a committed transaction wrote survives the process being killed.
/// </summary>
internal sealed class TraceDatabase : IDisposable
{
    private const int Version = 1;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _writer;
    private readonly string _readOnly;

    public TraceDatabase(IOptions<TraceStoreOptions> options)
    {
        var path = Path.GetFullPath(options.Value.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();
        _writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _writer.Open();
        Prepare(path);
    }

    /// <summary>Runs <paramref name="work"/> as one transaction: all of it is kept, or nothing if it throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (_lock)
        {
            using var transaction = _writer.BeginTransaction();
            var result = work(_writer);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>A pooled connection for reading; dispose it soon, because the log cannot shrink past what a reader still sees.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readOnly);
        connection.Open();
        connection.Execute("PRAGMA mmap_size = 268435456");
        return connection;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }

        using var readers = new SqliteConnection(_readOnly);
        SqliteConnection.ClearPool(readers);
    }

    private void Prepare(string path)
    {
        // The page size only counts for a file that is still empty; spans up to 2 KB then need no overflow page.
        _writer.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        _writer.Execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536");
        var version = _writer.Scalar("PRAGMA user_version");
        if (version is not (0 or Version))
        {
            throw new InvalidOperationException(
                $"{TraceStoreOptions.Section}:{nameof(TraceStoreOptions.Path)} {path} was written by another version ({version}); move it away or name another file.");
        }

        _writer.Execute($"{TraceSchema.Sql}; PRAGMA user_version = {Version}");
    }
}
