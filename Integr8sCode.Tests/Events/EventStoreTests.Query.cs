using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Events;

public abstract partial class EventStoreTests
{
    [Fact]
    public async Task Events_of_all_executions_are_read_in_the_order_of_recording()
    {
        var later = await AcceptAsync(Noon.AddSeconds(2));
        var first = await AcceptAsync(Noon);
        var scheduled = await DoneAsync(first.Execution.Schedule(Stories.At(Noon.AddSeconds(3))));

        Assert.Equal([first.Event.EventId, later.Event.EventId, scheduled.Event.EventId], await IdsAsync(new(), new()));
        Assert.Equal(
            [scheduled.Event.EventId, later.Event.EventId, first.Event.EventId],
            await IdsAsync(new(), new(Order: RecordingOrder.NewestFirst)));
    }

    [Fact]
    public async Task A_slow_clock_takes_no_event_before_the_one_it_follows()
    {
        var first = await AcceptAsync(Noon);
        var scheduled = await DoneAsync(first.Execution.Schedule(Stories.At(Noon.AddSeconds(-5))));
        var cancelled = await DoneAsync(scheduled.Execution.Cancel("alice", Stories.At(Noon.AddSeconds(-9))));

        Assert.Equal([first.Event.EventId, scheduled.Event.EventId, cancelled.Event.EventId], await IdsAsync(new(), new()));
        Assert.Empty(await IdsAsync(new() { To = Noon }, new()));
    }

    [Fact]
    public async Task A_queried_event_is_the_recorded_one_with_its_trace_context()
    {
        var recorded = (await AcceptAsync(Noon)).Event;

        var found = Assert.Single((await Store.QueryAsync(new(), new(), Cancellation))!);

        Assert.Equal(recorded.Data.GetRawText(), found.Data.GetRawText());
        Assert.Equal(recorded, found with { Data = recorded.Data });
    }

    [Fact]
    public async Task Each_part_of_the_filter_restricts_and_all_do_together()
    {
        var alice = await AcceptAsync(Noon, user: "alice", correlation: "one");
        var bob = await AcceptAsync(Noon.AddMinutes(1), user: "bob", correlation: "two");
        var scheduled = await DoneAsync(bob.Execution.Schedule(Stories.At(Noon.AddMinutes(2)) with { Service = "saga" }));
        var (a, b, s) = (alice.Event.EventId, bob.Event.EventId, scheduled.Event.EventId);

        Assert.Equal([b, s], await IdsAsync(new() { ExecutionId = bob.Execution.Id }, new()));
        Assert.Equal([a], await IdsAsync(new() { CorrelationId = "one" }, new()));
        Assert.Equal([b, s], await IdsAsync(new() { UserId = "bob" }, new()));
        Assert.Equal([s], await IdsAsync(new() { Service = "saga" }, new()));
        Assert.Equal([s], await IdsAsync(new() { Types = [EventTypes.ExecutionScheduled] }, new()));
        Assert.Equal([b, s], await IdsAsync(new() { From = Noon.AddMinutes(1) }, new()));
        Assert.Equal([a, b], await IdsAsync(new() { To = Noon.AddMinutes(2) }, new()));
        Assert.Equal(
            [s],
            await IdsAsync(
                new()
                {
                    ExecutionId = bob.Execution.Id,
                    CorrelationId = "two",
                    UserId = "bob",
                    Service = "saga",
                    Types = [EventTypes.ExecutionScheduled, EventTypes.ExecutionStarted],
                    From = Noon,
                    To = Noon.AddHours(1),
                },
                new()));
        Assert.Empty(await IdsAsync(new() { UserId = "alice", CorrelationId = "two" }, new()));
    }

    [Fact]
    public async Task Several_types_are_merged_in_order_a_repeated_one_counts_once_and_none_matches_nothing()
    {
        var first = await AcceptAsync(Noon);
        var second = await AcceptAsync(Noon.AddSeconds(1));
        var scheduled = await DoneAsync(first.Execution.Schedule(Stories.At(Noon.AddSeconds(2))));
        await DoneAsync(scheduled.Execution.Cancel("alice", Stories.At(Noon.AddSeconds(3))));
        string[] types = [EventTypes.ExecutionScheduled, EventTypes.ExecutionRequested, EventTypes.ExecutionRequested];

        Assert.Equal([first.Event.EventId, second.Event.EventId, scheduled.Event.EventId], await IdsAsync(new() { Types = types }, new()));
        Assert.Equal(
            [first.Event.EventId, second.Event.EventId, scheduled.Event.EventId],
            await IdsAsync(new() { Types = types, Service = "test" }, new()));
        Assert.Empty(await IdsAsync(new() { Types = [] }, new()));
    }

    [Theory]
    [InlineData(RecordingOrder.OldestFirst)]
    [InlineData(RecordingOrder.NewestFirst)]
    public async Task Pages_repeat_nothing_and_leave_out_nothing_though_many_share_an_instant(RecordingOrder order)
    {
        for (var i = 0; i < 5; i++)
        {
            var accepted = await AcceptAsync(Noon);
            await DoneAsync(accepted.Execution.Schedule(Stories.At(Noon)));
        }

        var filter = new EventFilter { From = Noon, To = Noon.AddTicks(1) };
        var all = await IdsAsync(filter, new(Order: order));
        var paged = new List<Guid>();
        while (await IdsAsync(filter, new(paged.Count == 0 ? null : paged[^1], 3, order)) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 3);
            paged.AddRange(page);
        }

        Assert.Equal(10, all.Count);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task A_page_goes_on_inside_the_range_whatever_event_the_cursor_is()
    {
        var before = await AcceptAsync(Noon);
        var inside = await AcceptAsync(Noon.AddMinutes(1));
        var after = await AcceptAsync(Noon.AddMinutes(2));
        var filter = new EventFilter { From = Noon.AddSeconds(30), To = Noon.AddSeconds(90) };

        Assert.Equal([inside.Event.EventId], await IdsAsync(filter, new(before.Event.EventId)));
        Assert.Empty(await IdsAsync(filter, new(after.Event.EventId)));
        Assert.Equal([inside.Event.EventId], await IdsAsync(filter, new(after.Event.EventId, Order: RecordingOrder.NewestFirst)));
        Assert.Empty(await IdsAsync(filter, new(before.Event.EventId, Order: RecordingOrder.NewestFirst)));
    }

    [Fact]
    public async Task An_unknown_cursor_is_told()
    {
        await AcceptAsync(Noon);

        Assert.Null(await Store.QueryAsync(new(), new(Guid.CreateVersion7()), Cancellation));
    }

    [Fact]
    public async Task Events_are_counted_by_hour_service_and_type()
    {
        var first = await AcceptAsync(Noon.AddMinutes(59));
        await AcceptAsync(Noon.AddMinutes(1));
        await AcceptAsync(Noon.AddMinutes(60), user: "bob");
        await DoneAsync(first.Execution.Schedule(Stories.At(Noon.AddMinutes(59)) with { Service = "saga" }));

        Assert.Equal(
            [
                new(Noon, "saga", EventTypes.ExecutionScheduled, 1),
                new(Noon, "test", EventTypes.ExecutionRequested, 2),
                new(Noon.AddHours(1), "test", EventTypes.ExecutionRequested, 1),
            ],
            await Store.CountAsync(new(), Cancellation));
        Assert.Equal(
            [new(Noon, "test", EventTypes.ExecutionRequested, 2)],
            await Store.CountAsync(
                new() { To = Noon.AddHours(1), Types = [EventTypes.ExecutionRequested, EventTypes.ExecutionFailed] }, Cancellation));
        Assert.Equal([new(Noon.AddHours(1), "test", EventTypes.ExecutionRequested, 1)], await Store.CountAsync(new() { UserId = "bob" }, Cancellation));
    }

    private async Task<ExecutionChange> AcceptAsync(DateTimeOffset time, string user, string correlation = "correlation-1")
    {
        var accepted = Execution.Accept(
            new(Guid.CreateVersion7(time), user, correlation, new() { Script = "x", Language = "python" }), Stories.At(time));
        await Executions.AcceptAsync(accepted, Cancellation);
        return accepted;
    }

    private async Task<ExecutionChange> DoneAsync(ExecutionChange? change)
    {
        await Executions.DoneAsync(change);
        return change!;
    }

    private async Task<List<Guid>> IdsAsync(EventFilter filter, EventPage page) =>
        [.. (await Store.QueryAsync(filter, page, Cancellation))!.Select(recorded => recorded.EventId)];
}
