using Integr8sCode.Storage;

namespace Integr8sCode.Events;

public abstract class InboxTests(TestStores stores) : StoreTests(stores)
{
    private IInbox Inbox => Stores.Get<IInbox>();

    [Fact]
    public async Task An_event_is_handled_for_the_group_that_noted_it_only()
    {
        var handled = Guid.CreateVersion7();
        await Inbox.AddAsync("sagas", handled, Noon, Cancellation);

        Assert.True(await Inbox.ContainsAsync("sagas", handled, Cancellation));
        Assert.False(await Inbox.ContainsAsync("results", handled, Cancellation));
        Assert.False(await Inbox.ContainsAsync("sagas", Guid.CreateVersion7(), Cancellation));
    }

    [Fact]
    public async Task Noting_twice_is_no_error_and_keeps_the_first_time()
    {
        var handled = Guid.CreateVersion7();
        await Inbox.AddAsync("sagas", handled, Noon, Cancellation);
        await Inbox.AddAsync("sagas", handled, Noon.AddHours(1), Cancellation);

        Assert.Equal(1, await Inbox.PruneAsync(Noon.AddMinutes(1), Cancellation));
    }

    [Fact]
    public async Task Many_callers_may_note_the_same_event()
    {
        var handled = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Inbox.AddAsync("sagas", handled, Noon, Cancellation))));

        Assert.True(await Inbox.ContainsAsync("sagas", handled, Cancellation));
    }

    [Fact]
    public async Task Pruning_forgets_what_is_older_and_says_how_much()
    {
        const int Old = 2500; // more than a store deletes at once
        var kept = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, Old).Select(_ => Inbox.AddAsync("sagas", Guid.CreateVersion7(), Noon.AddTicks(-1), Cancellation)));
        await Inbox.AddAsync("sagas", kept, Noon, Cancellation);

        Assert.Equal(Old, await Inbox.PruneAsync(Noon, Cancellation));
        Assert.Equal(0, await Inbox.PruneAsync(Noon, Cancellation));
        Assert.True(await Inbox.ContainsAsync("sagas", kept, Cancellation));
    }
}
