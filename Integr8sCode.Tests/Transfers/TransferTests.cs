using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.Sagas;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Transfers;

/// <summary>Out of SQLite, into the store under test, and back into SQLite: nothing may be lost or changed on the way.</summary>
public abstract class TransferTests(TestStores stores) : StoreTests(stores)
{
    [Fact]
    public async Task What_came_back_is_what_went_out()
    {
        await using var source = new SqliteTestStores();
        await using var returned = new SqliteTestStores();
        await FullStore.FillAsync(source);

        var first = await ExportAsync(source);
        await ImportAsync(Stores, first);
        var second = await ExportAsync(Stores);
        await ImportAsync(returned, second);

        Assert.Equal(LinesOf(first), LinesOf(second));
        Assert.Equal(LinesOf(first), LinesOf(await ExportAsync(returned)));
        Assert.Equal(
            ["dead_letter", "end", "execution", "header", "notification", "rate_limits", "replay", "retry_policy", "settings", "user"],
            LinesOf(first).Select(line => line.Split('"')[3]).Distinct());
    }

    [Fact]
    public async Task The_commands_move_everything_there_and_back()
    {
        await using var source = new SqliteTestStores();
        await using var returned = new SqliteTestStores();
        await FullStore.FillAsync(source);

        var (_, exported, _) = await TransferProcess.RunAsync(source.ConnectionString, "", "export");
        var there = await TransferProcess.RunAsync(Stores.ConnectionString, exported, "import");
        var (_, second, _) = await TransferProcess.RunAsync(Stores.ConnectionString, "", "export");
        var back = await TransferProcess.RunAsync(returned.ConnectionString, second, "import");

        Assert.Equal((0, 0), (there.Code, back.Code));
        Assert.Equal(LinesOf(Encoding.UTF8.GetBytes(exported)), LinesOf(await ExportAsync(returned)));
    }

    [Fact]
    public async Task An_execution_goes_on_where_it_stood()
    {
        await using var source = new SqliteTestStores();
        var executions = await FullStore.FillAsync(source);

        await ImportAsync(Stores, await ExportAsync(source));

        foreach (var execution in executions)
        {
            var moved = await Stores.Get<IExecutionStore>().FindAsync(execution.Id, Cancellation);
            Assert.Equivalent(execution, moved, strict: true);
        }

        var waiting = executions.Single(execution => execution.State.Status is ExecutionStatus.Scheduled);
        Assert.Equal(
            executions.Where(execution => execution.State.Status is ExecutionStatus.Scheduled or ExecutionStatus.Running).Select(execution => execution.Id).Order(),
            (await Stores.Get<IExecutionStore>().FindClaimableAsync(Noon.AddHours(1), ["python"], 10, Cancellation)).Select(execution => execution.Id).Order());
        await Stores.Get<IExecutionStore>().DoneAsync(waiting.Start("worker-2", TimeSpan.FromSeconds(30), Stories.At(Noon.AddHours(1))));
    }

    [Fact]
    public async Task Only_what_the_broker_has_not_is_published_again()
    {
        await using var source = new SqliteTestStores();
        await FullStore.FillAsync(source);
        var unpublished = await FullStore.UnpublishedAsync(source);

        await ImportAsync(Stores, await ExportAsync(source));

        Assert.NotEmpty(unpublished);
        Assert.Equal(unpublished, await FullStore.UnpublishedAsync(Stores));
    }

    [Fact]
    public async Task The_same_export_comes_in_once()
    {
        await using var source = new SqliteTestStores();
        await FullStore.FillAsync(source);
        var export = await ExportAsync(source);

        await ImportAsync(Stores, export);
        var again = await ImportAsync(Stores, export);

        Assert.All(again.ToString().Split(Environment.NewLine), row => Assert.EndsWith("were there already", row, StringComparison.Ordinal));
        Assert.Equal(LinesOf(export), LinesOf(await ExportAsync(Stores)));
    }

    [Fact]
    public async Task An_interrupted_import_is_completed_by_the_next()
    {
        await using var source = new SqliteTestStores();
        await FullStore.FillAsync(source);
        var export = await ExportAsync(source);
        var lines = Encoding.UTF8.GetString(export).Split('\n');

        var cut = Encoding.UTF8.GetBytes(string.Join('\n', lines[..5]));
        Assert.Contains("cut off", (await Assert.ThrowsAsync<TransferException>(() => ImportAsync(Stores, cut))).Message, StringComparison.Ordinal);
        await ImportAsync(Stores, export);

        Assert.Equal(LinesOf(export), LinesOf(await ExportAsync(Stores)));
    }

    [Fact]
    public async Task A_saga_that_was_saved_often_keeps_where_it_stands()
    {
        await using var source = new SqliteTestStores();
        var saga = Saga.Start(await FullStore.FinishedAsync(source), "alice", SagaStep.AwaitOutcome, Noon, Noon);
        await source.Get<ISagaStore>().SaveAsync(saga, Cancellation);
        var ended = saga.End(SagaStatus.Completed, Noon.AddSeconds(1))!;
        await source.Get<ISagaStore>().SaveAsync(ended, Cancellation);

        await ImportAsync(Stores, await ExportAsync(source));

        Assert.Equivalent(ended with { Version = 1 }, await Stores.Get<ISagaStore>().FindAsync(saga.Id, Cancellation), strict: true);
    }

    [Fact]
    public async Task An_execution_that_went_on_in_both_stores_is_refused()
    {
        await using var source = new SqliteTestStores();
        var queued = await source.Get<IExecutionStore>().QueuedAsync(Noon);
        await ImportAsync(Stores, await ExportAsync(source));
        await source.Get<IExecutionStore>().DoneAsync(queued.Schedule(Stories.At(Noon.AddSeconds(1))));
        await Stores.Get<IExecutionStore>().DoneAsync(queued.Schedule(Stories.At(Noon.AddSeconds(2))));

        var refused = await Assert.ThrowsAsync<TransferException>(async () => await ImportAsync(Stores, await ExportAsync(source)));

        Assert.Contains("gone another way", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no header")]
    [InlineData("""{"kind":"end","lines":0}""", "no header")]
    [InlineData("""{"kind":"header","format":"integr8scode","version":2}""", "newer release")]
    public async Task What_is_no_export_is_refused(string text, string expected)
    {
        var refused = await Assert.ThrowsAsync<TransferException>(() => ImportAsync(Stores, Encoding.UTF8.GetBytes(text)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ExportAsync(TestStores stores)
    {
        using var output = new MemoryStream();
        await new StoreExport(AllTransfers.Of(stores.Services)).RunAsync(output, Cancellation);
        return output.ToArray();
    }

    private static async Task<TransferReport> ImportAsync(TestStores stores, byte[] export)
    {
        using var input = new MemoryStream(export);
        return await new StoreImport(AllTransfers.Of(stores.Services)).RunAsync(input, Cancellation);
    }

    private static IEnumerable<string> LinesOf(byte[] export) =>
        Encoding.UTF8.GetString(export).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
