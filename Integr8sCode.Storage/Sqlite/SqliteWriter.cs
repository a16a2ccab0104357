using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <summary>
/// Group commit: one thread owns the writing connection and runs whatever operations have gathered in one transaction, so their
/// callers share one flush of the disk. A full queue makes callers wait.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxBatch = 256;
    private const int MaxQueued = 4096;

    /// <summary>Longest wait for a place in the queue, and again for the commit.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly SqliteSession _session;
    private readonly FileLock _lock;
    private readonly SemaphoreSlim _room = new(MaxQueued);
    private readonly BlockingCollection<WriteOperation> _queue = [];
    private readonly List<WriteOperation> _batch = new(MaxBatch);
    private readonly Thread _thread;

    public SqliteWriter(SqliteSession session, FileLock fileLock)
    {
        _session = session;
        _lock = fileLock;
        _thread = new(Run) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Runs the work inside the next transaction; completes when that is durable. What the work throws undoes only its own changes.
    /// Cancelling leaves out work that has not begun; what has begun is still committed.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        if (!await _room.WaitAsync(WaitLimit, cancellationToken))
        {
            throw TooSlow();
        }

        var operation = new WriteOperation<T>(work);
        if (!TryEnqueue(operation))
        {
            throw new StoreUnavailableException("The process is stopping and has closed its store.");
        }

        try
        {
            return await operation.Task.WaitAsync(WaitLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw TooSlow();
        }
        finally
        {
            operation.Abandon();
        }
    }

    /// <summary>Finishes what is queued, then stops.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _session.Dispose();
    }

    private bool TryEnqueue(WriteOperation operation)
    {
        try
        {
            _queue.Add(operation, CancellationToken.None);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // adding is completed
        }
    }

    private void Run()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            _batch.Add(first);
            CommitBatch();
            _room.Release(_batch.Count);
            _batch.Clear();
        }
    }

    private void CommitBatch()
    {
        try
        {
            using (_lock.Acquire())
            {
                GatherBatch();
                RunBatch();
            }
        }
        catch (Exception error)
        {
            var translated = SqliteErrors.Translate(error);
            _batch.ForEach(operation => operation.Fail(translated));
            return;
        }

        _batch.ForEach(operation => operation.Succeed());
    }

    // After the lock is held: what came in while other processes wrote joins this transaction.
    private void GatherBatch()
    {
        while (_batch.Count < MaxBatch && _queue.TryTake(out var next))
        {
            _batch.Add(next);
        }
    }

    private void RunBatch()
    {
        _session.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var operation in _batch)
            {
                RunInSavepoint(operation);
            }

            _session.Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RunInSavepoint(WriteOperation operation)
    {
        if (operation.IsAbandoned)
        {
            return;
        }

        _session.Execute("SAVEPOINT operation");
        try
        {
            operation.Run(_session);
        }
        catch (Exception error) when (error is not SqliteException || SqliteErrors.IsConstraint(error))
        {
            _session.Execute("ROLLBACK TO operation");
            operation.Fail(SqliteErrors.Translate(error));
        }

        _session.Execute("RELEASE operation");
    }

    private void RollBack()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has ended the transaction by itself, as it does when the disk is full.
        }
    }

    private static StoreUnavailableException TooSlow() => new(
        $"The SQLite store took longer than {WaitLimit.TotalSeconds} s to write. Look for a stopped process that holds its lock, or a disk that is too slow.");
}
