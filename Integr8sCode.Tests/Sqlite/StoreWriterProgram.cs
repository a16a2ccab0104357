using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Sqlite;

/// <summary>What a <see cref="StoreWriter"/> runs; no test of its own, so it runs only when it is asked for.</summary>
public sealed class StoreWriterProgram
{
    private const int Callers = 8;

    [Fact(Explicit = true)]
    public async Task Writes_until_it_is_killed()
    {
        using var database = SqliteDatabase.Open(new() { ConnectionString = $"Data Source={Environment.GetEnvironmentVariable(StoreWriter.DatabaseVariable)}" });
        var store = new SqliteExecutionStore(database);
        await using var acknowledged = new StreamWriter(new FileStream(
            Environment.GetEnvironmentVariable(StoreWriter.AcknowledgedVariable)!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        { AutoFlush = true };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1)); // should nobody be left to kill it

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (!limit.IsCancellationRequested)
            {
                await WriteAsync(store, acknowledged);
            }
        })));
    }

    private static async Task WriteAsync(SqliteExecutionStore store, StreamWriter acknowledged)
    {
        var now = TimeProvider.System.GetUtcNow();
        var execution = await store.QueuedAsync(now);
        Note(execution);
        Note(await store.DoneAsync(execution.Schedule(Stories.At(now))));

        void Note(Execution written)
        {
            lock (acknowledged)
            {
                acknowledged.WriteLine($"{written.Id} {written.State.Sequence}");
            }
        }
    }
}
