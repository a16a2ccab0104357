using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests
{
    private const int Cap = 3;

    [Fact]
    public async Task A_user_below_the_cap_may_have_that_many_more_by_their_place()
    {
        await Store.ScheduledAsync(Noon);
        var second = await Store.QueuedAsync(Noon.AddSeconds(2));
        var third = await Store.QueuedAsync(Noon.AddSeconds(3));
        var first = await Store.QueuedAsync(Noon.AddSeconds(1));

        var allocation = await AllocationAsync();

        Assert.Equal(1, allocation.Held);
        Assert.Equal([first.Id, second.Id], allocation.Next);
        Assert.Equal([first.Id, second.Id, third.Id], (await AllocationAsync(cap: int.MaxValue)).Next);
    }

    [Fact]
    public async Task Priority_orders_what_a_user_has_queued()
    {
        var normal = await Store.QueuedAsync(Noon);
        var high = await Store.AcceptAsync(Stories.Accepted(Noon.AddSeconds(1), priority: ExecutionPriority.High), Cancellation);
        await Store.AcceptAsync(Stories.Accepted(Noon.AddSeconds(-1), priority: ExecutionPriority.Low), Cancellation);

        Assert.Equal([high.Id, normal.Id], (await AllocationAsync(cap: 2)).Next);
    }

    [Fact]
    public async Task At_the_cap_nobody_is_next()
    {
        await Store.ScheduledAsync(Noon);
        await Store.RunningAsync(Noon, Lease);
        await Store.ScheduledAsync(Noon);
        await Store.QueuedAsync(Noon);

        Assert.Equal((Cap, 0), await CountAsync());
    }

    [Fact]
    public async Task What_has_ended_and_what_others_have_does_not_count()
    {
        await Store.FinishedAsync(Noon);
        await Store.ScheduledAsync(Noon, "bob");
        await Store.QueuedAsync(Noon, "bob");
        await Store.QueuedAsync(Noon);

        Assert.Equal((0, 1), await CountAsync());
    }

    [Fact]
    public async Task A_requeued_execution_keeps_its_allocation()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        await Store.DoneAsync(running.Requeue(Stories.Worker, 1, lost: false, "stopping", Stories.At(Noon)));

        Assert.Equal((1, 0), await CountAsync());
    }

    [Fact]
    public async Task Of_concurrent_callers_who_schedule_what_they_find_none_exceeds_the_cap()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.QueuedAsync(Noon.AddSeconds(i));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            foreach (var id in (await AllocationAsync()).Next)
            {
                var execution = await Store.FindAsync(id, Cancellation);
                if (execution!.Schedule(Stories.At(Noon)) is { } change) await Store.AppendAsync(change, Cancellation);
            }
        })));

        Assert.Equal((Cap, 0), await CountAsync());
    }

    [Fact]
    public async Task A_deferred_execution_waits_for_no_message()
    {
        var queued = await Store.QueuedAsync(Noon);
        var deferred = await Store.DoneAsync(queued.Defer(Cap, Stories.At(Noon)));

        Assert.Empty(await StalledAsync(Noon.AddHours(1)));
        Assert.Equal([deferred.Id], (await AllocationAsync()).Next);
        Assert.Equal(1, (await Store.CountOpenAsync(Cancellation))[ExecutionStatus.Queued]);
        await Store.DoneAsync(deferred.Cancel("alice", Stories.At(Noon)));
        Assert.Equal([deferred.Id], await StalledAsync(Noon.AddHours(1)));
    }

    [Fact]
    public async Task Users_who_wait_are_listed_once_and_in_pages()
    {
        foreach (var user in new[] { "carol", "alice", "bob", "alice" })
        {
            await Store.QueuedAsync(Noon, user);
        }

        await Store.ScheduledAsync(Noon, "dave");

        Assert.Equal(["alice", "bob", "carol"], await Store.FindWaitingUsersAsync(null, 10, Cancellation));
        Assert.Equal(["alice", "bob"], await Store.FindWaitingUsersAsync(null, 2, Cancellation));
        Assert.Equal(["carol"], await Store.FindWaitingUsersAsync("bob", 2, Cancellation));
    }

    [Fact]
    public async Task The_line_is_ordered_by_place_and_not_by_time()
    {
        var crowd = await Store.QueuedAsync(Noon);
        crowd = await Store.DoneAsync(crowd.Schedule(Stories.At(Noon), held: 4));
        var later = await Store.ScheduledAsync(Noon.AddSeconds(5), "bob");

        Assert.Equal([later.Id, crowd.Id], await ClaimableAsync(Noon.AddMinutes(1)));
    }

    private Task<Allocation> AllocationAsync(int cap = Cap) => Store.FindAllocationAsync("alice", cap, Cancellation);

    private async Task<(int Held, int Next)> CountAsync()
    {
        var allocation = await AllocationAsync();
        return (allocation.Held, allocation.Next.Count);
    }
}
