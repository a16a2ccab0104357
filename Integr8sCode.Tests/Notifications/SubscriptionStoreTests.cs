using Integr8sCode.Storage;

namespace Integr8sCode.Notifications;

public abstract class SubscriptionStoreTests(TestStores stores) : StoreTests(stores)
{
    private ISubscriptionStore Store => Stores.Get<ISubscriptionStore>();

    [Fact]
    public async Task A_saved_subscription_is_found_as_it_was()
    {
        var webhook = Samples.Subscription() with
        {
            Severities = [NotificationSeverity.High],
            IncludeTags = ["failed"],
            ExcludeTags = ["language:bash"],
            Events = ["execution.failed"],
            QuietHours = new(new(22, 0), new(7, 30), "UTC"),
            Throttle = new(5, 60),
        };
        await Store.SaveAsync(webhook, Cancellation);

        Assert.Equivalent(webhook, await Store.FindAsync("alice", NotificationChannel.Webhook, Cancellation), strict: true);
    }

    [Fact]
    public async Task A_subscription_is_one_for_a_user_and_a_channel()
    {
        await Store.SaveAsync(Samples.Subscription(), Cancellation);
        await Store.SaveAsync(Samples.Subscription() with { Enabled = false, Version = 2 }, Cancellation);
        await Store.SaveAsync(Samples.Subscription(channel: NotificationChannel.InApp), Cancellation);
        await Store.SaveAsync(Samples.Subscription("bob"), Cancellation);

        var found = await Store.ListAsync("alice", Cancellation);

        Assert.Equal([NotificationChannel.InApp, NotificationChannel.Webhook], found.Select(subscription => subscription.Channel));
        Assert.False(found[1].Enabled);
    }

    [Fact]
    public async Task Of_twenty_concurrent_saves_of_one_version_one_is_kept()
    {
        for (var version = 1; version <= 3; version++)
        {
            var saves = Enumerable.Range(0, 20).Select(i => Samples.Subscription(url: $"https://example.org/{i}") with { Version = version }).ToList();

            var kept = await Task.WhenAll(saves.Select(save => Task.Run(() => Store.SaveAsync(save, Cancellation))));

            Assert.Single(kept, won => won);
            Assert.Equal(saves[Array.IndexOf(kept, true)].Url, (await Store.FindAsync("alice", NotificationChannel.Webhook, Cancellation))!.Url);
        }
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_nothing_else_is()
    {
        await Store.SaveAsync(Samples.Subscription(), Cancellation);
        await Store.SaveAsync(Samples.Subscription("bob"), Cancellation);

        Assert.True(await Store.DeleteAsync("alice", NotificationChannel.Webhook, Cancellation));
        Assert.False(await Store.DeleteAsync("alice", NotificationChannel.Webhook, Cancellation));
        Assert.Null(await Store.FindAsync("alice", NotificationChannel.Webhook, Cancellation));
        Assert.Empty(await Store.ListAsync("alice", Cancellation));
        Assert.NotNull(await Store.FindAsync("bob", NotificationChannel.Webhook, Cancellation));
    }

    [Fact]
    public async Task All_of_a_user_are_deleted_and_of_nobody_else()
    {
        await Store.SaveAsync(Samples.Subscription(), Cancellation);
        await Store.SaveAsync(Samples.Subscription(channel: NotificationChannel.Slack), Cancellation);
        await Store.SaveAsync(Samples.Subscription("bob"), Cancellation);

        await Store.DeleteAllAsync("alice", Cancellation);

        Assert.Empty(await Store.ListAsync("alice", Cancellation));
        Assert.Single(await Store.ListAsync("bob", Cancellation));
    }
}
