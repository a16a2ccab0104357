using Integr8sCode.Storage;

namespace Integr8sCode.Sagas;

public abstract class SagaStoreTests(TestStores stores) : StoreTests(stores)
{
    private ISagaStore Store => Stores.Get<ISagaStore>();

    [Fact]
    public async Task A_saved_saga_is_found_as_it_was()
    {
        var saga = Started();
        Assert.True(await Store.SaveAsync(saga, Cancellation));
        Assert.Equal(saga, await Store.FindAsync(saga.Id, Cancellation));

        var waiting = saga.Reach(SagaStep.AwaitOutcome, Noon.AddMinutes(1), Noon.AddTicks(1))!;
        Assert.True(await Store.SaveAsync(waiting, Cancellation));
        Assert.Equal(waiting, await Store.FindAsync(saga.Id, Cancellation));
    }

    [Fact]
    public async Task An_unknown_saga_is_not_found() => Assert.Null(await Store.FindAsync(Guid.CreateVersion7(), Cancellation));

    [Fact]
    public async Task A_saga_starts_once()
    {
        var saga = Started();
        await Store.SaveAsync(saga, Cancellation);

        Assert.False(await Store.SaveAsync(saga with { StartedAt = Noon.AddHours(1) }, Cancellation));
        Assert.Equal(saga, await Store.FindAsync(saga.Id, Cancellation));
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_changes_nothing()
    {
        var saga = Started();
        var waiting = saga.Reach(SagaStep.AwaitOutcome, Noon.AddMinutes(1), Noon)!;
        await Store.SaveAsync(saga, Cancellation);
        await Store.SaveAsync(waiting, Cancellation);

        Assert.False(await Store.SaveAsync(saga.End(SagaStatus.Failed, Noon)!, Cancellation));
        Assert.Equal(waiting, await Store.FindAsync(saga.Id, Cancellation));
    }

    [Fact]
    public async Task A_save_that_skips_a_version_or_a_start_is_refused()
    {
        var saga = Started();
        var waiting = saga.Reach(SagaStep.AwaitOutcome, Noon.AddMinutes(1), Noon)!;
        Assert.False(await Store.SaveAsync(waiting, Cancellation));
        await Store.SaveAsync(saga, Cancellation);

        Assert.False(await Store.SaveAsync(waiting.End(SagaStatus.Completed, Noon)!, Cancellation));
        Assert.Equal(saga, await Store.FindAsync(saga.Id, Cancellation));
    }

    [Fact]
    public async Task Of_twenty_concurrent_saves_one_is_kept()
    {
        var saga = Started();
        await Store.SaveAsync(saga, Cancellation);

        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => Store.SaveAsync(saga.Reach(SagaStep.AwaitOutcome, Noon.AddMinutes(i), Noon)!, Cancellation))));

        Assert.Single(kept, won => won);
        Assert.Equal(Noon.AddMinutes(Array.IndexOf(kept, true)), (await Store.FindAsync(saga.Id, Cancellation))!.Deadline);
    }

    [Fact]
    public async Task Overdue_sagas_come_the_longest_overdue_first()
    {
        var second = await WaitingAsync(Noon.AddSeconds(2));
        var first = await WaitingAsync(Noon.AddSeconds(1));
        await WaitingAsync(Noon.AddSeconds(3));
        await Store.SaveAsync(Started(), Cancellation);
        var ended = await WaitingAsync(Noon);
        await Store.SaveAsync(ended.End(SagaStatus.Completed, Noon)!, Cancellation);

        Assert.Equal([first, second], await Store.FindOverdueAsync(Noon.AddSeconds(3), 10, Cancellation));
        Assert.Equal([first], await Store.FindOverdueAsync(Noon.AddSeconds(3), 1, Cancellation));
        Assert.Empty(await Store.FindOverdueAsync(Noon.AddSeconds(1), 10, Cancellation));
    }

    [Fact]
    public async Task Overdue_are_also_those_whose_compensation_was_interrupted()
    {
        var saga = Started();
        await Store.SaveAsync(saga, Cancellation);
        var compensating = saga.Compensate(SagaStep.Allocate, Noon, Noon)!;
        await Store.SaveAsync(compensating, Cancellation);

        Assert.Equal([compensating], await Store.FindOverdueAsync(Noon.AddTicks(1), 10, Cancellation));
    }

    [Fact]
    public async Task Sagas_are_listed_by_user_and_status_the_newest_execution_first()
    {
        var first = await SavedAsync(Started("alice", second: 1));
        var second = await SavedAsync(Started("alice", second: 2));
        var other = await SavedAsync(Started("bob", second: 3));
        var failed = second.End(SagaStatus.Failed, Noon)!;
        await Store.SaveAsync(failed, Cancellation);

        Assert.Equal([other, failed, first], await Store.ListAsync(new(), Cancellation));
        Assert.Equal([failed, first], await Store.ListAsync(new("alice"), Cancellation));
        Assert.Equal([first], await Store.ListAsync(new("alice", SagaStatus.Running), Cancellation));
        Assert.Equal([failed], await Store.ListAsync(new(Status: SagaStatus.Failed), Cancellation));
        Assert.Equal([first], await Store.ListAsync(new("alice", Before: second.Id), Cancellation));
        Assert.Equal([other], await Store.ListAsync(new(Limit: 1), Cancellation));
    }

    private static Saga Started(string user = "alice", int second = 0) =>
        Saga.Start(Guid.CreateVersion7(Noon.AddSeconds(second)), user, SagaStep.Allocate, Noon.AddHours(1), Noon);

    private async Task<Saga> SavedAsync(Saga saga)
    {
        Assert.True(await Store.SaveAsync(saga, Cancellation));
        return saga;
    }

    private async Task<Saga> WaitingAsync(DateTimeOffset deadline)
    {
        var saga = Started();
        await Store.SaveAsync(saga, Cancellation);
        var waiting = saga.Reach(SagaStep.AwaitOutcome, deadline, Noon)!;
        await Store.SaveAsync(waiting, Cancellation);
        return waiting;
    }
}
