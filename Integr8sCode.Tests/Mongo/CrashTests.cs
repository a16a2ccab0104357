using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Storage;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>What a process leaves behind that dies between the insert of an event and what follows from it.</summary>
public sealed class CrashTests() : StoreTests(new MongoTestStores())
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    private IEventStore Events => Stores.Get<IEventStore>();

    private MongoCollections Collections => Stores.Get<MongoCollections>();

    [Fact]
    public async Task An_accepted_execution_that_is_not_shown_yet_is_found()
    {
        var accepted = Stories.Accepted(Noon, key: "key-1");
        await DieAfterAsync(EventDocument.First(accepted));

        Assert.Equal(accepted.Execution.State, (await Executions.FindAsync(accepted.Execution.Id, Cancellation))!.State);
        Assert.Single(await Executions.FindStalledAsync(DateTimeOffset.MinValue, Noon.AddHours(1), 10, Cancellation));
    }

    [Fact]
    public async Task Its_caller_gets_it_by_its_idempotency_key()
    {
        var accepted = Stories.Accepted(Noon, key: "key-1");
        await DieAfterAsync(EventDocument.First(accepted));

        var answer = await Executions.AcceptAsync(Stories.Accepted(Noon, key: "key-1"), Cancellation);

        Assert.Equal(accepted.Execution.Id, answer.Id);
    }

    [Fact]
    public async Task The_relay_makes_a_change_seen_before_it_sends_the_event()
    {
        var unseen = Stories.Accepted(Noon);
        await DieAfterAsync(EventDocument.First(unseen));
        var queued = await Executions.QueuedAsync(Noon.AddSeconds(1));
        await DieAfterAsync(queued.Schedule(Stories.At(Noon.AddSeconds(2)))!);
        Assert.Empty(await Executions.FindClaimableAsync(Noon.AddHours(1), ["python"], 10, Cancellation));

        Assert.Equal(3, (await Events.FindUnpublishedAsync(Noon.AddHours(1), 10, Cancellation)).Count);

        Assert.Equal(queued.Id, Assert.Single(await Executions.FindClaimableAsync(Noon.AddHours(1), ["python"], 10, Cancellation)).Id);
        Assert.Equal(2, (await Executions.ListAsync(new(), Cancellation)).Count);
    }

    [Fact]
    public async Task Whoever_acts_on_the_older_state_loses_and_sees_the_newer()
    {
        var scheduled = await Executions.ScheduledAsync(Noon);
        await DieAfterAsync(scheduled.Start("dead", Lease, Stories.At(Noon))!);
        var seen = Assert.Single(await Executions.FindClaimableAsync(Noon, ["python"], 10, Cancellation));

        Assert.False(await Executions.AppendAsync(seen.Start(Stories.Worker, Lease, Stories.At(Noon))!, Cancellation));

        Assert.Equal("dead", (await Executions.FindAsync(scheduled.Id, Cancellation))!.State.WorkerId);
        Assert.Empty(await Executions.FindClaimableAsync(Noon, ["python"], 10, Cancellation));
        Assert.Equal(scheduled.Id, Assert.Single(await Executions.FindClaimableAsync(Noon.AddHours(1), ["python"], 10, Cancellation)).Id);
    }

    [Fact]
    public async Task An_end_that_was_not_seen_has_its_output_and_stays_the_only_one()
    {
        var running = await Executions.RunningAsync(Noon, Lease);
        var finish = running.Finish(Stories.Worker, 1, Stories.Success, new([1], [2]), Stories.At(Noon))!;
        await Collections.Outputs.InsertOneAsync(new(finish.Event.EventId, running.Id, [1], [2]), options: null, Cancellation);
        await DieAfterAsync(finish);

        Assert.False(await Executions.AppendAsync(finish, Cancellation)); // the same worker, once more
        Assert.False(await Executions.AppendAsync(
            running.Finish(Stories.Worker, 1, Stories.Success, new([3], [4]), Stories.At(Noon))!, Cancellation));

        Assert.Equal([1], (await Executions.FindOutputAsync(running.Id, Cancellation))!.Stdout);
        Assert.Equal(ExecutionStatus.Completed, (await Executions.FindAsync(running.Id, Cancellation))!.State.Status);
        Assert.Equal(1, await Collections.Outputs.CountDocumentsAsync(Builders<OutputDocument>.Filter.Empty, options: null, Cancellation));
    }

    [Fact]
    public async Task A_repair_neither_goes_back_nor_shortens_a_renewed_lease()
    {
        var running = await Executions.RunningAsync(Noon, Lease);
        await DieAfterAsync(running.Cancel("alice", Stories.At(Noon))!);
        await Executions.RenewLeasesAsync(Stories.Worker, [running.Id], Noon.AddMinutes(5), Cancellation);
        var stale = EventDocument.Of(running.Cancel("alice", Stories.At(Noon))!, Noon) with { Sequence = 2, State = running.State };

        await Events.FindUnpublishedAsync(Noon.AddHours(1), 10, Cancellation);
        await Stores.Get<MongoProjection>().MoveAsync(stale, Cancellation);

        var cancelling = await Executions.FindAsync(running.Id, Cancellation);
        Assert.True(cancelling!.State.CancelRequested);
        Assert.Equal(Noon.AddMinutes(5), cancelling.State.LeaseUntil);
    }

    private Task DieAfterAsync(ExecutionChange change) => DieAfterAsync(EventDocument.Of(change, Noon));

    private async Task DieAfterAsync(EventDocument recorded)
    {
        await Collections.PingAsync(Cancellation);
        await Collections.Events.InsertOneAsync(recorded, options: null, Cancellation);
    }
}
