using BenchmarkDotNet.Attributes;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;

namespace Integr8sCode.Storage;

/// <summary>Durable writes to SQLite as the Api (accept) and the workers (append) make them; the time is that of one write.</summary>
public class SqliteAppendBenchmark
{
    private const int Writes = 1024;

    private DirectoryInfo _folder = null!;
    private SqliteDatabase _database = null!;
    private SqliteExecutionStore _store = null!;
    private ExecutionChange[] _accepts = [];
    private ExecutionChange[] _appends = [];

    /// <summary>Requests at the same time: one shows the latency of a commit, many what group commit makes of it.</summary>
    [Params(1, 64)]
    public int Callers { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("integr8scode-benchmark-");
        _database = SqliteDatabase.Open(new() { ConnectionString = $"Data Source={_folder.FullName}/integr8scode.db" });
        _store = new(_database);
    }

    [GlobalCleanup]
    public void Close()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [IterationSetup(Target = nameof(Accept))]
    public void PrepareAccepts() => _accepts = [.. Enumerable.Range(0, Writes).Select(_ => SampleEvent.Accept())];

    [IterationSetup(Target = nameof(Append))]
    public void PrepareAppends()
    {
        PrepareAccepts();
        Accept().GetAwaiter().GetResult();
        _appends = [.. _accepts.Select(accepted => accepted.Execution.Schedule(Now())!)];
    }

    [Benchmark(OperationsPerInvoke = Writes)]
    public Task Accept() => ShareAsync(i => _store.AcceptAsync(_accepts[i], CancellationToken.None));

    [Benchmark(OperationsPerInvoke = Writes)]
    public Task Append() => ShareAsync(i => _store.AppendAsync(_appends[i], CancellationToken.None));

    private Task ShareAsync(Func<int, Task> write)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < Writes; i = Interlocked.Increment(ref next))
            {
                await write(i);
            }
        })));
    }

    private static Origin Now() => Origin.Now("benchmark", TimeProvider.System);
}
