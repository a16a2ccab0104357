using Integr8sCode.Events;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public sealed class ExecutionRebuildTests() : StoreTests(new SqliteTestStores())
{
    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    private ExecutionRebuild Rebuild => new(Executions, Stores.Get<IEventStore>());

    [Fact]
    public async Task Nothing_differs_in_a_store_that_nobody_touched()
    {
        await Executions.FinishedAsync(Noon);
        var running = await Executions.RunningAsync(Noon, TimeSpan.FromSeconds(30));
        await Executions.RenewLeasesAsync(Stories.Worker, [running.Id], Noon.AddHours(1), Cancellation);
        await Executions.QueuedAsync(Noon);

        var report = await Rebuild.RunAsync(dryRun: false, Cancellation);

        Assert.Equal((3, 0, 0), (report.Executions, report.Different, report.Repaired));
        Assert.Empty(report.Differences);
    }

    [Fact]
    public async Task A_damaged_execution_is_told_field_by_field_and_becomes_what_its_events_say()
    {
        var finished = await Executions.FinishedAsync(Noon);
        var untouched = await Executions.FinishedAsync(Noon);
        await RunAsync($"""
            UPDATE executions SET status = 4, state = json_set(state, '$.status', 'failed', '$.attempts', 7), correlation_id = 'other'
            WHERE id = x'{finished.Id:N}'
            """);

        var dry = await Rebuild.RunAsync(dryRun: true, Cancellation);
        var report = await Rebuild.RunAsync(dryRun: false, Cancellation);
        var after = await Rebuild.RunAsync(dryRun: true, Cancellation);

        Assert.Equal((2, 1, 0), (dry.Executions, dry.Different, dry.Repaired));
        Assert.Equal(
            [
                new(finished.Id, "correlation_id", "other", "correlation-1"), new(finished.Id, "state.attempts", "7", "1"),
                new(finished.Id, "state.status", "failed", "completed"),
            ],
            report.Differences.OrderBy(difference => difference.Field, StringComparer.Ordinal));
        Assert.Equal((1, 1), (report.Different, report.Repaired));
        Assert.Equal((2, 0), (after.Executions, after.Different));
        Assert.Equal(finished.State, (await Executions.FindAsync(finished.Id, Cancellation))!.State);
        Assert.Equal(untouched.State, (await Executions.FindAsync(untouched.Id, Cancellation))!.State);
    }

    [Fact]
    public async Task A_missing_execution_comes_back_and_its_output_is_still_there()
    {
        var finished = await Executions.FinishedAsync(Noon);
        await RunAsync("DELETE FROM executions");

        var report = await Rebuild.RunAsync(dryRun: false, Cancellation);

        Assert.Equal([new(finished.Id, "execution", null, "Completed")], report.Differences);
        Assert.Equal(finished.State, (await Executions.FindAsync(finished.Id, Cancellation))!.State);
        Assert.NotNull(await Executions.FindOutputAsync(finished.Id, Cancellation));
    }

    [Fact]
    public async Task An_execution_without_events_is_told_and_left_alone()
    {
        var queued = await Executions.QueuedAsync(Noon);
        await RunAsync("DELETE FROM events");

        var report = await Rebuild.RunAsync(dryRun: false, Cancellation);

        Assert.Equal([new(queued.Id, "events", null, null)], report.Differences);
        Assert.Equal((1, 1, 0), (report.Executions, report.Different, report.Repaired));
        Assert.NotNull(await Executions.FindAsync(queued.Id, Cancellation));
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE sequence = 2 AND execution_id = ")]
    [InlineData("UPDATE events SET data = '[]' WHERE sequence = 3 AND execution_id = ")]
    [InlineData("UPDATE events SET data = '{' WHERE sequence = 3 AND execution_id = ")]
    public async Task An_execution_whose_events_cannot_be_read_is_told_and_stops_no_other(string damage)
    {
        var broken = await Executions.FinishedAsync(Noon);
        var damaged = await Executions.FinishedAsync(Noon);
        await RunAsync($"{damage} x'{broken.Id:N}'");
        await RunAsync($"UPDATE executions SET state = json_set(state, '$.attempts', 7) WHERE id = x'{damaged.Id:N}'");

        var report = await Rebuild.RunAsync(dryRun: false, Cancellation);

        Assert.Equal((2, 2, 1), (report.Executions, report.Different, report.Repaired));
        var told = Assert.Single(report.Differences, difference => difference.ExecutionId == broken.Id);
        Assert.StartsWith("cannot be read: ", told.Stored, StringComparison.Ordinal);
        Assert.Equal(1, (await Executions.FindAsync(damaged.Id, Cancellation))!.State.Attempts);
    }

    private Task<int> RunAsync(string sql) =>
        Stores.Get<SqliteDatabase>().WriteAsync(new("TEST", "damage"), session => session.Execute(sql), Cancellation);
}
