using Integr8sCode.Storage;

namespace Integr8sCode.Leases;

public abstract class LeaseStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_free_lease_goes_to_whoever_asks()
    {
        Assert.True(await AcquireAsync("one", Noon));
        Assert.True(await AcquireAsync("two", Noon, "another lease"));
    }

    [Fact]
    public async Task A_held_lease_is_refused_until_it_expires()
    {
        await AcquireAsync("one", Noon);

        Assert.False(await AcquireAsync("two", Noon + Duration - TimeSpan.FromTicks(1)));
        Assert.True(await AcquireAsync("two", Noon + Duration));
        Assert.False(await AcquireAsync("one", Noon + Duration));
    }

    [Fact]
    public async Task Its_owner_renews_a_lease()
    {
        await AcquireAsync("one", Noon);

        Assert.True(await AcquireAsync("one", Noon.AddSeconds(4)));
        Assert.False(await AcquireAsync("two", Noon.AddSeconds(8)));
    }

    [Fact]
    public async Task Of_twenty_rivals_one_gets_the_lease()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => AcquireAsync($"owner-{i}", Noon))));

        Assert.Single(won, acquired => acquired);
    }

    private Task<bool> AcquireAsync(string owner, DateTimeOffset now, string name = "relay") =>
        Stores.Get<ILeaseStore>().TryAcquireAsync(name, owner, now, Duration, Cancellation);
}
