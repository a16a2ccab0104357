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
    private readonly Lock _lock = new();
    private readonly SqliteConnection _writer;
    private readonly string _readOnly;
    private readonly TimeSpan _timeout;

    public TraceDatabase(IOptions<TraceStoreOptions> options)
    {
        _timeout = options.Value.SearchTimeout;
        _readOnly = TraceFile.ConnectionForReading(options.Value.Path);
        _writer = TraceFile.OpenForWriting(options.Value.Path);
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
}
