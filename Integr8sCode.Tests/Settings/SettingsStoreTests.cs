using Integr8sCode.Storage;

namespace Integr8sCode.Settings;

public abstract class SettingsStoreTests(TestStores stores) : StoreTests(stores)
{
    private ISettingsStore Store => Stores.Get<ISettingsStore>();

    [Fact]
    public async Task Nothing_is_kept_until_somebody_changes_something() => Assert.Null(await Store.FindAsync(Cancellation));

    [Fact]
    public async Task What_is_kept_comes_back_whole()
    {
        var settings = First() with
        {
            MaximumLimits = new() { TimeoutSeconds = 2.5, MemoryBytes = 5L << 30 },
            DefaultLimits = new() { Processes = 3 },
            RunningCap = 0,
            SamplingRatio = 0.125,
        };

        Assert.True(await Store.SaveAsync(settings, Cancellation));

        Assert.Equal(settings, await Store.FindAsync(Cancellation));
    }

    [Fact]
    public async Task Only_the_version_before_is_replaced()
    {
        Assert.False(await Store.SaveAsync(First() with { Version = 2 }, Cancellation));
        Assert.True(await Store.SaveAsync(First() with { RunningCap = 1 }, Cancellation));

        Assert.False(await Store.SaveAsync(First() with { RunningCap = 7 }, Cancellation));
        Assert.False(await Store.SaveAsync(First() with { Version = 3 }, Cancellation));
        Assert.Equal(1, (await Store.FindAsync(Cancellation))!.RunningCap);

        var reset = First() with { Version = 2 };
        Assert.True(await Store.SaveAsync(reset, Cancellation));
        Assert.Equal(reset, await Store.FindAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_many_who_change_the_same_version_one_succeeds(long version)
    {
        if (version > 0)
        {
            await Store.SaveAsync(First(), Cancellation);
        }

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(cap => Task.Run(() =>
            Store.SaveAsync(First() with { Version = version + 1, RunningCap = cap }, Cancellation))));

        Assert.Single(saved, done => done);
        Assert.Equal(Array.IndexOf(saved, true), (await Store.FindAsync(Cancellation))!.RunningCap);
    }

    private static PlatformSettings First() => new() { Version = 1, ChangedBy = "admin", ChangedAt = Noon };
}
