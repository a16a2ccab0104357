using System.Diagnostics;
using Integr8sCode.Broker;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Events;

public sealed class BrokerOutageTests
{
    [Fact]
    public async Task What_is_published_while_the_broker_is_away_arrives_once_it_is_back()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        host.Publisher.Publish(Sample.Event());
        await Eventually.HoldsAsync(() => handler.Handled.Count == 1, "the first event is handled");

        broker.Send(Signal.Kill);
        await broker.WaitForExitAsync(TestContext.Current.CancellationToken);
        var events = Enumerable.Range(0, 20).Select(_ => Sample.Event()).ToList();
        events.ForEach(host.Stores.Add);
        events.ForEach(sent => host.Publisher.Publish(sent));
        using var reborn = await BrokerProcess.StartAsync(
            broker.Port, string.Join(',', Topics.All.Select(topic => $"{topic}:2")), TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(() => handler.Handled.Count == 21, "everything is handled");
        await Eventually.HoldsAsync(() => events.TrueForAll(host.Stores.IsPublished), "everything is marked");
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_broker_that_is_away()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest();
        var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        host.Publisher.Publish(Sample.Event());
        await Eventually.HoldsAsync(() => handler.Handled.Count == 1, "the event is handled");
        broker.Send(Signal.Kill);
        await broker.WaitForExitAsync(TestContext.Current.CancellationToken);
        host.Publisher.Publish(Sample.Event());

        var watch = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
