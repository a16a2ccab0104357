using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Leases;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

public sealed class SqliteWriterTests : StoreTests
{
    private static readonly StoreCall Call = new("TEST", "leases");

    private readonly SqliteTestStores _stores;

    public SqliteWriterTests() : this(new()) { }

    private SqliteWriterTests(SqliteTestStores stores) : base(stores) => _stores = stores;

    private SqliteDatabase Database => Stores.Get<SqliteDatabase>();

    [Fact]
    public async Task An_operation_that_throws_undoes_its_own_changes_and_no_others()
    {
        using var gate = new ManualResetEventSlim();
        var first = Database.WriteAsync(Call, _ => gate.Wait(TimeSpan.FromSeconds(5), Cancellation), Cancellation);
        var good = InsertAsync("good");
        var failing = Database.WriteAsync<int>(
            Call,
            session =>
            {
                Insert(session, "bad");
                throw new FormatException("mine");
            },
            Cancellation);
        var refused = InsertAsync("good");
        var last = InsertAsync("last");
        gate.Set(); // the four have gathered behind the first

        Assert.True(await first);
        Assert.Equal(1, await good);
        Assert.Equal("mine", (await Assert.ThrowsAsync<FormatException>(() => failing)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.Equal(1, await last);
        Assert.Equal(["good", "last"], await NamesAsync());
    }

    [Fact]
    public async Task A_cancelled_operation_that_has_not_begun_is_left_out()
    {
        using var gate = new ManualResetEventSlim();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = Database.WriteAsync(Call, _ => gate.Wait(TimeSpan.FromSeconds(5), Cancellation), Cancellation);
        var second = Database.WriteAsync(Call, session => Insert(session, "cancelled"), cancelled.Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.Set();
        await first;

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_store_goes_on_once_there_is_room()
    {
        await Database.WriteAsync(Call, session => session.Execute("PRAGMA max_page_count = 60"), Cancellation);
        var large = Stories.Accepted(Noon, script: new('x', 1_000_000));
        var store = Stores.Get<IExecutionStore>();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AcceptAsync(large, Cancellation));
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Null(await store.FindAsync(large.Execution.Id, Cancellation));
        Assert.Empty(await Stores.Get<IEventStore>().ListAsync(large.Execution.Id, Cancellation));

        await Database.WriteAsync(Call, session => session.Execute("PRAGMA max_page_count = 1000000"), Cancellation);
        Assert.Equal(large.Execution.Id, (await store.AcceptAsync(large, Cancellation)).Id);
    }

    [Fact]
    public async Task A_database_locked_by_another_program_is_told()
    {
        await Database.PingAsync(Cancellation);
        await using var other = new SqliteConnection($"Data Source={_stores.Path};Pooling=false");
        other.Open();
        await using var transaction = other.BeginTransaction();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.Get<IExecutionStore>().QueuedAsync(Noon));

        Assert.Contains("locked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_queued_when_the_store_closes_is_still_written()
    {
        var database = SqliteDatabase.Open(new() { ConnectionString = $"Data Source={_stores.Path}" });
        var writes = Enumerable.Range(0, 100).Select(i => database.WriteAsync(Call, session => Insert(session, $"{i}"), Cancellation)).ToList();

        database.Dispose();

        Assert.Equal(100, (await Task.WhenAll(writes)).Sum());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => database.PingAsync(Cancellation));
        Assert.Equal(100, (await NamesAsync()).Count);
    }

    [Fact]
    public async Task More_callers_than_the_queue_holds_are_all_served()
    {
        var leases = Stores.Get<ILeaseStore>();

        var won = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i =>
            leases.TryAcquireAsync($"{i}", "me", Noon, TimeSpan.FromSeconds(1), Cancellation)));

        Assert.All(won, Assert.True);
    }

    private Task<int> InsertAsync(string name) => Database.WriteAsync(Call, session => Insert(session, name), Cancellation);

    private static int Insert(SqliteSession session, string name) =>
        session.Execute("INSERT INTO leases (name, owner, until) VALUES ($name, 'me', 0)", ("$name", name));

    private Task<List<string>> NamesAsync() =>
        Database.ReadAsync(Call, session => session.Query("SELECT name FROM leases ORDER BY name", row => row.GetString(0)), Cancellation);
}
