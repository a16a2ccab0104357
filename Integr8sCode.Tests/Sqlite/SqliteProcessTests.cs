using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

public sealed class SqliteProcessTests : StoreTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    private readonly SqliteTestStores _stores;

    public SqliteProcessTests() : this(new()) { }

    private SqliteProcessTests(SqliteTestStores stores) : base(stores) => _stores = stores;

    [Fact]
    public async Task A_killed_writer_loses_nothing_it_acknowledged_and_stops_no_other()
    {
        using var killed = StoreWriter.Start(_stores.Path);
        using var survivor = StoreWriter.Start(_stores.Path);
        await UntilAsync(() => Count(killed) >= 300 && Count(survivor) >= 1);

        killed.Kill();
        var before = Count(survivor);
        await UntilAsync(() => Count(survivor) >= before + 300);
        survivor.Kill();

        Assert.Equal("ok", IntegrityOf(_stores.Path));
        foreach (var (id, sequence) in killed.ReadAcknowledged().Concat(survivor.ReadAcknowledged()))
        {
            Assert.True((await Stores.Get<IExecutionStore>().FindAsync(id, Cancellation))?.State.Sequence >= sequence, $"{id} {sequence}");
        }

        await AssertEveryStateHasItsEventsAsync();
    }

    [Fact]
    public async Task Two_writing_processes_both_get_on()
    {
        using var one = StoreWriter.Start(_stores.Path);
        using var two = StoreWriter.Start(_stores.Path);
        await UntilAsync(() => Count(one) > 0 && Count(two) > 0);
        var (ones, twos) = (Count(one), Count(two));

        await UntilAsync(() => Count(one) + Count(two) - ones - twos >= 6000);

        var share = (double)(Count(one) - ones) / (Count(one) + Count(two) - ones - twos);
        Assert.InRange(share, 0.15, 0.85);
    }

    private async Task AssertEveryStateHasItsEventsAsync()
    {
        var executions = await Stores.Get<IExecutionStore>().ListAsync(new(Limit: int.MaxValue), Cancellation);
        Assert.NotEmpty(executions);
        foreach (var execution in executions)
        {
            var events = await Stores.Get<IEventStore>().ListAsync(execution.Id, Cancellation);
            Assert.Equal(execution.State.Sequence, events.Count);
        }

        var recorded = executions.Sum(execution => execution.State.Sequence);
        Assert.Equal(recorded, (await Stores.Get<IEventStore>().MeasureBacklogAsync(Cancellation)).Count);
    }

    private static int Count(StoreWriter writer) => writer.ReadAcknowledged().Count();

    private static string IntegrityOf(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
