using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Events;

public sealed class StoreFailureTests
{
    [Fact]
    public async Task While_dead_letters_cannot_be_kept_the_offset_stays_and_health_is_red()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var stores = new MessagingStores { Letters = { Fails = true } };
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores);

        await outside.SendAsync("poison"u8.ToArray());
        await outside.SendAsync(Sample.Bytes(Sample.Event()), key: "another key");

        await Eventually.HoldsAsync(() => handler.Handled.Count == 1, "the other key is handled");
        await AssertStuckAsync(host, "dead letters away");
        Assert.Equal(0, outside.Committed(MessagingHost.Group));

        stores.Letters.Fails = false;
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 2, "both offsets move");
        Assert.Single(stores.DeadLetters);
        Assert.Equal(HealthStatus.Healthy, (await host.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task While_the_inbox_is_away_nothing_is_handled_and_nothing_is_lost()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var stores = new MessagingStores { InboxFails = true };
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores);

        await outside.SendAsync(Sample.Bytes(Sample.Event()));

        await AssertStuckAsync(host, "inbox away");
        Assert.Empty(handler.Calls);
        Assert.Empty(stores.DeadLetters);
        Assert.Equal(0, outside.Committed(MessagingHost.Group));

        stores.InboxFails = false;
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 1, "the offset moves");
        Assert.Single(handler.Handled);
    }

    [Fact]
    public async Task A_handler_that_failed_because_the_store_was_away_is_tried_again_when_it_is_back()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var stores = new MessagingStores { Letters = { Fails = true } };
        var handler = new HandlerUnderTest((_, _) => stores.Letters.Fails ? throw new IOException("store away") : Task.CompletedTask);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores);

        host.Publisher.Publish(Sample.Event());
        await AssertStuckAsync(host, "dead letters away");
        stores.Letters.Fails = false;

        await Eventually.HoldsAsync(() => stores.Handled == 1, "the event is handled");
        Assert.Empty(stores.DeadLetters);
    }

    [Fact]
    public async Task A_broker_that_is_away_only_degrades()
    {
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1");

        Assert.Equal(HealthStatus.Degraded, (await host.CheckHealthAsync()).Status);
    }

    private static async Task AssertStuckAsync(MessagingHost host, string reason)
    {
        var health = default(HealthReportEntry);
        await Eventually.HoldsAsync(
            () => (health = host.CheckHealthAsync().GetAwaiter().GetResult()).Status is HealthStatus.Unhealthy, "health is red");
        Assert.Contains(reason, health.Description, StringComparison.Ordinal);
        Assert.Contains(MessagingHost.Group, health.Description, StringComparison.Ordinal);
    }
}
