using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

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
    private readonly TimeSpan _timeout;

    public TraceDatabase(IOptions<TraceStoreOptions> options)
    {
        var path = Path.GetFullPath(options.Value.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _timeout = options.Value.SearchTimeout;
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
            // Not BeginTransaction: a statement that is kept would have to be told of every new transaction.
            _writer.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = work(_writer);
                _writer.Execute("COMMIT");
                return result;
            }
            catch
            {
                TryRollBack();
                throw;
            }
        }
    }

    /// <summary>
    /// Runs <paramref name="read"/> on a connection of its own. Throws <see cref="TimeoutException"/> when it takes longer than
    /// <see cref="TraceStoreOptions.SearchTimeout"/>: the log cannot shrink past what a reader still sees, so none may stay long.
    /// </summary>
    public T Read<T>(Func<SqliteConnection, CancellationToken, T> read, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        using var connection = new SqliteConnection(_readOnly);
        connection.Open();
        connection.Execute("PRAGMA mmap_size = 268435456");
        using var interrupt = timeout.Token.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            return read(connection, timeout.Token);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && exception is SqliteException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"The search took longer than {_timeout}. Ask for less time, or for more conditions.", exception);
        }
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

    private void TryRollBack()
    {
        if (raw.sqlite3_get_autocommit(_writer.Handle) == 0) // some errors, a full disk for one, have rolled back already
        {
            _writer.Execute("ROLLBACK");
        }
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
