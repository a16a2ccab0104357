using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests
{
    [Fact]
    public async Task A_change_is_kept_with_its_event()
    {
        var execution = await Store.QueuedAsync(Noon);
        var change = execution.Schedule(Stories.At(Noon.AddSeconds(1)))!;

        Assert.True(await Store.AppendAsync(change, Cancellation));

        AssertSame(change.Execution, await Store.FindAsync(execution.Id, Cancellation));
        Assert.Equal(change.Event.EventId, (await Events.ListAsync(execution.Id, Cancellation))[^1].EventId);
        Assert.Equal(2, (await Events.FindUnpublishedAsync(Noon.AddHours(1), 10, Cancellation)).Count);
    }

    [Fact]
    public async Task A_whole_life_is_kept()
    {
        var finished = await Store.FinishedAsync(Noon);
        var stored = await Store.DoneAsync(finished.StoreResult(Stories.At(Noon.AddSeconds(5))));

        AssertSame(stored, await Store.FindAsync(finished.Id, Cancellation));
        Assert.Equal([1, 2, 3, 4, 5], (await Events.ListAsync(finished.Id, Cancellation)).Select(stored => stored.Sequence));
    }

    [Fact]
    public async Task A_change_of_an_unknown_execution_is_refused()
    {
        var change = Stories.Accepted(Noon).Execution.Schedule(Stories.At(Noon))!;

        Assert.False(await Store.AppendAsync(change, Cancellation));
        Assert.Empty(await Events.ListAsync(change.Execution.Id, Cancellation));
    }

    [Fact]
    public async Task A_stale_change_is_refused_and_changes_nothing()
    {
        var execution = await Store.QueuedAsync(Noon);
        var scheduled = await Store.DoneAsync(execution.Schedule(Stories.At(Noon)));

        Assert.False(await Store.AppendAsync(execution.Cancel("alice", Stories.At(Noon))!, Cancellation));

        AssertSame(scheduled, await Store.FindAsync(execution.Id, Cancellation));
        Assert.Equal(2, (await Events.ListAsync(execution.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task A_change_that_skips_a_sequence_is_refused()
    {
        var execution = await Store.QueuedAsync(Noon);
        var ahead = execution.Schedule(Stories.At(Noon))!.Execution.Start(Stories.Worker, Lease, Stories.At(Noon))!;

        Assert.False(await Store.AppendAsync(ahead, Cancellation));
        AssertSame(execution, await Store.FindAsync(execution.Id, Cancellation));
    }

    [Fact]
    public async Task The_same_change_twice_is_kept_once()
    {
        var change = (await Store.QueuedAsync(Noon)).Schedule(Stories.At(Noon))!;

        Assert.True(await Store.AppendAsync(change, Cancellation));
        Assert.False(await Store.AppendAsync(change, Cancellation));
        Assert.Equal(2, (await Events.ListAsync(change.Execution.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task Of_fifty_concurrent_changes_one_is_kept()
    {
        var execution = await Store.QueuedAsync(Noon);

        var kept = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => Store.AppendAsync(execution.Schedule(Stories.At(Noon))!, Cancellation))));

        Assert.Single(kept, won => won);
        Assert.Equal(2, (await Events.ListAsync(execution.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task A_finish_and_a_cancel_at_the_same_time_leave_one_outcome()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        ExecutionChange[] rivals =
        [
            running.Finish(Stories.Worker, 1, Stories.Success, ExecutionOutput.Empty, Stories.At(Noon))!,
            running.Finish(Stories.Worker, 1, new() { Outcome = RunOutcome.Cancelled }, ExecutionOutput.Empty, Stories.At(Noon))!,
        ];

        var kept = await Task.WhenAll(rivals.Select(rival => Task.Run(() => Store.AppendAsync(rival, Cancellation))));

        var winner = rivals[Array.IndexOf(kept, true)];
        Assert.Single(kept, won => won);
        AssertSame(winner.Execution, await Store.FindAsync(running.Id, Cancellation));
        Assert.Equal(winner.Event.Type, (await Events.ListAsync(running.Id, Cancellation))[^1].Type);
    }

    [Fact]
    public async Task The_output_comes_back_byte_for_byte()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        Assert.Null(await Store.FindOutputAsync(running.Id, Cancellation));
        var output = new ExecutionOutput([0, 255, 10, 0xC3], []);

        await Store.DoneAsync(running.Finish(Stories.Worker, 1, Stories.Success, output, Stories.At(Noon)));

        var found = await Store.FindOutputAsync(running.Id, Cancellation);
        Assert.Equal(output.Stdout, found!.Stdout);
        Assert.Empty(found.Stderr);
    }

    [Fact]
    public async Task A_refused_change_leaves_no_output()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        await Store.DoneAsync(running.Cancel("alice", Stories.At(Noon)));

        Assert.False(await Store.AppendAsync(
            running.Finish(Stories.Worker, 1, Stories.Success, new([1], [2]), Stories.At(Noon))!, Cancellation));

        Assert.Null(await Store.FindOutputAsync(running.Id, Cancellation));
    }

    [Fact]
    public async Task A_change_does_not_shorten_a_lease_renewed_meanwhile()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        await Store.RenewLeasesAsync(Stories.Worker, [running.Id], Noon.AddMinutes(5), Cancellation);

        await Store.DoneAsync(running.Cancel("alice", Stories.At(Noon)));

        var cancelling = await Store.FindAsync(running.Id, Cancellation);
        Assert.True(cancelling!.State.CancelRequested);
        Assert.Equal(Noon.AddMinutes(5), cancelling.State.LeaseUntil);
    }
}
