using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests
{
    [Fact]
    public async Task A_restored_execution_is_shown_and_found_by_every_queue()
    {
        var running = await Store.RunningAsync(Noon, TimeSpan.FromSeconds(30));
        var rebuilt = running with { CorrelationId = "rebuilt", State = running.State with { Attempts = 2, LeaseUntil = Noon.AddMinutes(5) } };

        Assert.True(await Store.RestoreAsync(rebuilt, running.State.Sequence, Cancellation));

        var found = await Store.FindAsync(running.Id, Cancellation);
        Assert.Equal(("rebuilt", rebuilt.State), (found!.CorrelationId, found.State));
        Assert.Equal([running.Id], (await Store.FindHeldAsync(Stories.Worker, Cancellation)).Select(held => held.Id));
        Assert.Empty(await Store.FindExpiredAsync(Noon.AddMinutes(4), 10, Cancellation));
        Assert.NotNull(await Store.DoneAsync(found.Finish(Stories.Worker, 2, Stories.Success, ExecutionOutput.Empty, Stories.At(Noon))));
    }

    [Fact]
    public async Task A_restoration_of_what_was_not_found_replaces_nothing_that_came_meanwhile()
    {
        var key = "once";
        var accepted = await Store.AcceptAsync(Stories.Accepted(Noon, key: key), Cancellation);

        await Store.RestoreAsync(accepted with { IdempotencyKey = null }, sequence: null, Cancellation);

        AssertSame(accepted, await Store.FindAsync(accepted.Id, Cancellation));
        AssertSame(accepted, await Store.AcceptAsync(Stories.Accepted(Noon.AddHours(1), key: key), Cancellation));
    }

    [Fact]
    public async Task A_restoration_of_what_has_moved_on_is_refused()
    {
        var queued = await Store.QueuedAsync(Noon);
        var scheduled = await Store.DoneAsync(queued.Schedule(Stories.At(Noon)));

        Assert.False(await Store.RestoreAsync(queued, queued.State.Sequence, Cancellation));
        Assert.Equal(scheduled.State, (await Store.FindAsync(queued.Id, Cancellation))!.State);
    }
}
