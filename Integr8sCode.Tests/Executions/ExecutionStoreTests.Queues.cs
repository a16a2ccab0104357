using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests
{
    [Fact]
    public async Task Scheduled_executions_are_claimable_the_longest_waiting_first()
    {
        await Store.QueuedAsync(Noon);
        var second = await Store.ScheduledAsync(Noon.AddSeconds(2));
        var first = await Store.ScheduledAsync(Noon.AddSeconds(1));
        var third = await Store.ScheduledAsync(Noon.AddSeconds(3));

        Assert.Equal([first.Id, second.Id, third.Id], await ClaimableAsync(Noon.AddMinutes(1)));
        Assert.Equal([first.Id, second.Id], await ClaimableAsync(Noon.AddMinutes(1), limit: 2));
    }

    [Fact]
    public async Task A_running_execution_is_claimable_once_its_lease_has_expired()
    {
        var running = await Store.RunningAsync(Noon, Lease);

        Assert.Empty(await ClaimableAsync(Noon + Lease));
        Assert.Equal([running.Id], await ClaimableAsync(Noon + Lease + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public async Task An_abandoned_execution_keeps_its_place_in_the_line()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        var later = await Store.ScheduledAsync(Noon.AddSeconds(1));

        Assert.Equal([running.Id, later.Id], await ClaimableAsync(Noon.AddMinutes(10)));
        Assert.Equal([running.Id], await ClaimableAsync(Noon.AddMinutes(10), limit: 1));
    }

    [Fact]
    public async Task A_requeued_execution_keeps_its_place_in_the_line()
    {
        var running = await Store.RunningAsync(Noon, Lease);
        var later = await Store.ScheduledAsync(Noon.AddSeconds(1));
        await Store.DoneAsync(running.Requeue(Stories.Worker, 1, lost: false, "stopping", Stories.At(Noon.AddSeconds(2))));

        Assert.Equal([running.Id, later.Id], await ClaimableAsync(Noon.AddSeconds(3)));
    }

    [Fact]
    public async Task Of_two_claimers_one_gets_the_execution()
    {
        await Store.ScheduledAsync(Noon);
        var seen = await Task.WhenAll(
            Store.FindClaimableAsync(Noon, ["python"], 1, Cancellation), Store.FindClaimableAsync(Noon, ["python"], 1, Cancellation));

        var claims = await Task.WhenAll(seen.Select((found, worker) => Task.Run(() =>
            Store.AppendAsync(Assert.Single(found).Start($"worker-{worker}", Lease, Stories.At(Noon))!, Cancellation))));

        Assert.Single(claims, won => won);
    }

    [Fact]
    public async Task Claimable_executions_come_complete()
    {
        var scheduled = await Store.ScheduledAsync(Noon);

        AssertSame(scheduled, Assert.Single(await Store.FindClaimableAsync(Noon, ["python"], 1, Cancellation)));
    }

    [Fact]
    public async Task Expired_executions_come_the_longest_expired_first()
    {
        var second = await Store.RunningAsync(Noon, Lease, "worker-2");
        var first = await Store.RunningAsync(Noon.AddSeconds(1), Lease / 2);
        await Store.ScheduledAsync(Noon);

        var expired = await Store.FindExpiredAsync(Noon.AddHours(1), 10, Cancellation);

        Assert.Equal([first.Id, second.Id], expired.Select(execution => execution.Id));
        Assert.Equal(first.Id, Assert.Single(await Store.FindExpiredAsync(Noon.AddHours(1), 1, Cancellation)).Id);
        Assert.Empty(await Store.FindExpiredAsync(first.State.LeaseUntil!.Value, 10, Cancellation));
    }

    [Fact]
    public async Task A_worker_holds_what_it_runs_and_nothing_else()
    {
        var held = await Store.RunningAsync(Noon, Lease);
        await Store.RunningAsync(Noon, Lease, "worker-2");
        await Store.FinishedAsync(Noon);

        Assert.Equal([held.Id], (await Store.FindHeldAsync(Stories.Worker, Cancellation)).Select(execution => execution.Id));
        Assert.Empty(await Store.FindHeldAsync("worker-3", Cancellation));
    }

    [Fact]
    public async Task A_worker_is_not_shown_what_it_cannot_run()
    {
        await Store.ScheduledAsync(Noon);
        await Store.RunningAsync(Noon, Lease);
        var ruby = await Store.AcceptAsync(Stories.Accepted(Noon.AddSeconds(1), language: "ruby"), Cancellation);
        await Store.DoneAsync(ruby.Schedule(Stories.At(Noon)));

        var shown = await Store.FindClaimableAsync(Noon.AddHours(1), ["bash", "ruby"], 1, Cancellation);

        Assert.Equal(ruby.Id, Assert.Single(shown).Id);
        Assert.Empty(await Store.FindClaimableAsync(Noon.AddHours(1), [], 1, Cancellation));
    }

    [Fact]
    public async Task The_lease_of_what_stood_far_back_in_line_is_no_longer_than_any_other()
    {
        var scheduled = await Store.ScheduledAsync(Noon);
        var low = await Store.AcceptAsync(Stories.Accepted(Noon, priority: ExecutionPriority.Low), Cancellation);
        low = await Store.DoneAsync(low.Schedule(Stories.At(Noon), held: 4));
        Assert.Equal([scheduled.Id, low.Id], await ClaimableAsync(Noon));

        await Store.DoneAsync(low.Start(Stories.Worker, Lease, Stories.At(Noon)));

        Assert.Equal(Noon + Lease, (await Store.FindAsync(low.Id, Cancellation))!.State.LeaseUntil);
        Assert.Equal(low.Id, Assert.Single(await Store.FindExpiredAsync(Noon + Lease + TimeSpan.FromTicks(1), 10, Cancellation)).Id);
    }

    [Fact]
    public async Task Renewing_extends_the_leases_the_worker_names_and_no_other()
    {
        var one = await Store.RunningAsync(Noon, Lease);
        var two = await Store.RunningAsync(Noon, Lease);
        var orphan = await Store.RunningAsync(Noon, Lease);
        var foreign = await Store.RunningAsync(Noon, Lease, "worker-2");
        var until = Noon.AddMinutes(5);

        Assert.Equal(2, await Store.RenewLeasesAsync(Stories.Worker, [one.Id, two.Id, foreign.Id, Guid.CreateVersion7()], until, Cancellation));

        AssertSame(one with { State = one.State with { LeaseUntil = until } }, await Store.FindAsync(one.Id, Cancellation));
        Assert.Equal(until, (await Store.FindAsync(two.Id, Cancellation))!.State.LeaseUntil);
        AssertSame(foreign, await Store.FindAsync(foreign.Id, Cancellation));
        Assert.Equal(new[] { orphan.Id, foreign.Id }.Order(), (await ClaimableAsync(Noon.AddMinutes(4))).Order());
        Assert.Equal(0, await Store.RenewLeasesAsync("worker-3", [one.Id], until, Cancellation));
    }

    [Fact]
    public async Task A_renewal_is_no_event_and_never_shortens_a_lease()
    {
        var running = await Store.RunningAsync(Noon, Lease);

        Assert.Equal(1, await Store.RenewLeasesAsync(Stories.Worker, [running.Id], Noon.AddSeconds(1), Cancellation));

        AssertSame(running, await Store.FindAsync(running.Id, Cancellation));
        Assert.Equal(3, (await Events.ListAsync(running.Id, Cancellation)).Count);
        await Store.DoneAsync(running.Finish(Stories.Worker, 1, Stories.Success, ExecutionOutput.Empty, Stories.At(Noon)));
    }

    [Fact]
    public async Task Queued_executions_and_unstored_results_are_stalled_the_longest_waiting_first()
    {
        var queued = await Store.QueuedAsync(Noon.AddSeconds(2));
        var finished = await Store.FinishedAsync(Noon.AddSeconds(1));
        await Store.ScheduledAsync(Noon);
        await Store.RunningAsync(Noon, Lease);
        await Store.DoneAsync((await Store.FinishedAsync(Noon)).StoreResult(Stories.At(Noon)));

        Assert.Equal([finished.Id, queued.Id], await StalledAsync(Noon.AddHours(1)));
        Assert.Equal([finished.Id], await StalledAsync(Noon.AddHours(1), limit: 1));
        Assert.Equal([finished.Id], await StalledAsync(Noon.AddSeconds(2)));
        Assert.Empty(await StalledAsync(Noon));
        var rest = await Store.FindStalledAsync(Noon.AddSeconds(1), Noon.AddHours(1), 10, Cancellation);
        Assert.Equal(queued.Id, Assert.Single(rest).Id);
    }

    [Theory]
    [InlineData(RunOutcome.CpuLimit)]
    [InlineData(RunOutcome.Timeout)]
    [InlineData(RunOutcome.Cancelled)]
    public async Task Every_terminal_status_can_stall(RunOutcome outcome)
    {
        var running = await Store.RunningAsync(Noon, Lease);
        await Store.DoneAsync(
            running.Finish(Stories.Worker, 1, new() { Outcome = outcome }, ExecutionOutput.Empty, Stories.At(Noon)));

        Assert.Equal([running.Id], await StalledAsync(Noon.AddHours(1)));
    }

    [Fact]
    public async Task Open_executions_are_counted_by_status()
    {
        Assert.Empty(await Store.CountOpenAsync(Cancellation));
        await Store.QueuedAsync(Noon);
        await Store.QueuedAsync(Noon);
        await Store.RunningAsync(Noon, Lease);
        await Store.FinishedAsync(Noon);

        var counts = await Store.CountOpenAsync(Cancellation);

        Assert.Equal(2, counts.Count);
        Assert.Equal(2, counts[ExecutionStatus.Queued]);
        Assert.Equal(1, counts[ExecutionStatus.Running]);
    }

    private async Task<IEnumerable<Guid>> ClaimableAsync(DateTimeOffset now, int limit = 10) =>
        (await Store.FindClaimableAsync(now, ["python"], limit, Cancellation)).Select(execution => execution.Id);

    private async Task<IEnumerable<Guid>> StalledAsync(DateTimeOffset before, int limit = 10) =>
        (await Store.FindStalledAsync(DateTimeOffset.MinValue, before, limit, Cancellation)).Select(execution => execution.Id);
}
