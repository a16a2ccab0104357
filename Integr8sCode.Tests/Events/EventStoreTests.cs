using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Events;

public abstract partial class EventStoreTests(TestStores stores) : StoreTests(stores)
{
    private IEventStore Store => Stores.Get<IEventStore>();

    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    [Fact]
    public async Task An_event_comes_back_as_it_was_recorded()
    {
        var recorded = Stories.Accepted(Noon.AddTicks(1), script: "print('\"🦊\"')").Event;
        await Executions.AcceptAsync(new(Stories.Accepted(Noon, id: recorded.ExecutionId).Execution, recorded), Cancellation);

        var found = await Store.FindAsync(recorded.EventId, Cancellation);

        Assert.Equal(recorded.Data.GetRawText(), found!.Data.GetRawText());
        Assert.Equal(recorded, found with { Data = recorded.Data });
    }

    [Fact]
    public async Task An_event_keeps_its_trace_context()
    {
        var recorded = (await AcceptAsync(Noon)).Event;

        var found = await Store.FindAsync(recorded.EventId, Cancellation);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", found!.TraceContext.TraceId.ToHexString());
        Assert.Equal("vendor=value", found.TraceContext.TraceState);
    }

    [Fact]
    public async Task An_event_outside_a_trace_is_kept()
    {
        var accepted = Execution.Accept(
            new(Guid.CreateVersion7(Noon), "alice", "correlation-1", new() { Script = "x", Language = "python" }),
            new("test", Noon, null, null));
        await Executions.AcceptAsync(accepted, Cancellation);

        var found = await Store.FindAsync(accepted.Event.EventId, Cancellation);

        Assert.Null(found!.TraceParent);
        Assert.Null(found.TraceState);
    }

    [Fact]
    public async Task A_stream_is_listed_in_sequence_order()
    {
        var finished = await Executions.FinishedAsync(Noon);
        await Executions.FinishedAsync(Noon);

        var stream = await Store.ListAsync(finished.Id, Cancellation);

        Assert.Equal([1, 2, 3, 4], stream.Select(recorded => recorded.Sequence));
        Assert.Equal(
            [EventTypes.ExecutionRequested, EventTypes.ExecutionScheduled, EventTypes.ExecutionStarted, EventTypes.ExecutionCompleted],
            stream.Select(recorded => recorded.Type));
    }

    [Fact]
    public async Task Unknown_ids_find_nothing()
    {
        await AcceptAsync(Noon);

        Assert.Null(await Store.FindAsync(Guid.CreateVersion7(), Cancellation));
        Assert.Empty(await Store.ListAsync(Guid.CreateVersion7(), Cancellation));
    }

    [Fact]
    public async Task Unpublished_events_come_oldest_first_up_to_the_limit()
    {
        var first = (await AcceptAsync(Noon)).Event;
        var second = (await AcceptAsync(Noon.AddSeconds(1))).Event;
        await AcceptAsync(Noon.AddSeconds(2));

        Assert.Equal([first.EventId, second.EventId], await UnpublishedAsync(Noon.AddSeconds(2)));
        Assert.Equal([first.EventId], await UnpublishedAsync(Noon.AddHours(1), limit: 1));
        Assert.Empty(await UnpublishedAsync(Noon));
    }

    [Fact]
    public async Task Unpublished_events_of_one_execution_keep_their_sequence_though_clocks_differ()
    {
        var queued = await Executions.QueuedAsync(Noon);
        var scheduled = await Executions.DoneAsync(queued.Schedule(Stories.At(Noon.AddSeconds(-1))));
        await Executions.DoneAsync(scheduled.Cancel("alice", Stories.At(Noon.AddSeconds(-2))));

        var unpublished = await Store.FindUnpublishedAsync(Noon.AddHours(1), 10, Cancellation);

        Assert.Equal([1, 2, 3], unpublished.Select(recorded => recorded.Sequence));
    }

    [Fact]
    public async Task A_published_event_is_not_found_again()
    {
        var first = (await AcceptAsync(Noon)).Event;
        var second = (await AcceptAsync(Noon)).Event;

        await Store.MarkPublishedAsync([first.EventId], Cancellation);

        Assert.Equal([second.EventId], await UnpublishedAsync(Noon.AddHours(1)));
        Assert.NotNull(await Store.FindAsync(first.EventId, Cancellation));
    }

    [Fact]
    public async Task Marking_twice_nothing_or_an_unknown_id_is_harmless()
    {
        var first = (await AcceptAsync(Noon)).Event;
        var second = (await AcceptAsync(Noon)).Event;

        await Store.MarkPublishedAsync([], Cancellation);
        await Store.MarkPublishedAsync([first.EventId, first.EventId, Guid.CreateVersion7()], Cancellation);
        await Store.MarkPublishedAsync([first.EventId], Cancellation);

        Assert.Equal([second.EventId], await UnpublishedAsync(Noon.AddHours(1)));
    }

    [Fact]
    public async Task The_backlog_tells_how_many_wait_and_since_when()
    {
        Assert.Equal(new(0, null), await Store.MeasureBacklogAsync(Cancellation));
        await AcceptAsync(Noon.AddSeconds(1));
        await AcceptAsync(Noon);
        var published = (await AcceptAsync(Noon.AddSeconds(-1))).Event;
        await Store.MarkPublishedAsync([published.EventId], Cancellation);

        Assert.Equal(new(2, Noon), await Store.MeasureBacklogAsync(Cancellation));
    }

    private async Task<ExecutionChange> AcceptAsync(DateTimeOffset time)
    {
        var accepted = Stories.Accepted(time);
        await Executions.AcceptAsync(accepted, Cancellation);
        return accepted;
    }

    private async Task<IEnumerable<Guid>> UnpublishedAsync(DateTimeOffset before, int limit = 10) =>
        (await Store.FindUnpublishedAsync(before, limit, Cancellation)).Select(recorded => recorded.EventId);
}
