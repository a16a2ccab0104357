using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class LaneTests
{
    [Fact]
    public async Task Keys_run_side_by_side_and_each_in_its_own_order()
    {
        const int Executions = 24, Length = 25;
        using var broker = await MessagingHost.StartBrokerAsync();
        var running = 0;
        var most = 0;
        var handler = new HandlerUnderTest(async (message, token) =>
        {
            var now = Interlocked.Increment(ref running);
            if (now > most) most = now;
            await Task.Delay(Random.Shared.Next(0, 4), token);
            Interlocked.Decrement(ref running);
        });
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, settings: [("Kafka:MaxInFlight", "64")]);
        var executions = Enumerable.Range(0, Executions).Select(_ => Guid.CreateVersion7()).ToList();

        for (var sequence = 1; sequence <= Length; sequence++)
        {
            foreach (var execution in executions) host.Publisher.Publish(Sample.Event(execution, sequence));
        }

        await Eventually.HoldsAsync(() => handler.Handled.Count == Executions * Length, "every event is handled");
        Assert.All(handler.Handled.GroupBy(e => e.ExecutionId), stream =>
            Assert.Equal(Enumerable.Range(1, Length).Select(sequence => (long)sequence), stream.Select(e => e.Sequence)));
        Assert.InRange(most, 2, 16);
    }

    [Fact]
    public async Task A_slow_key_holds_the_offset_but_not_the_other_keys()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var slow = Sample.Event();
        var gate = new TaskCompletionSource();
        var handler = new HandlerUnderTest((message, _) => message.EventId == slow.EventId ? gate.Task : Task.CompletedTask);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        await outside.SendAsync(Sample.Bytes(Sample.Event()), key: "a");
        await outside.SendAsync(Sample.Bytes(slow), key: "b");
        await outside.SendAsync(Sample.Bytes(Sample.Event()), key: "c");

        await Eventually.HoldsAsync(() => handler.Handled.Count == 2, "the other keys are handled");
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 1, "the offset reaches the slow message");
        gate.SetResult();
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 3, "the offset passes it");
    }

    [Fact]
    public async Task A_consumer_that_is_full_takes_no_more_and_goes_on_when_there_is_room()
    {
        const int Bound = 4, Messages = 40;
        using var broker = await MessagingHost.StartBrokerAsync();
        using var gate = new SemaphoreSlim(0);
        var handler = new HandlerUnderTest((_, token) => gate.WaitAsync(token));
        var stores = new MessagingStores();
        await using var host = await MessagingHost.StartAsync(
            broker.Bootstrap, handler, stores, settings: [("Kafka:MaxInFlight", $"{Bound}"), ("Kafka:Lanes", "32")]);
        for (var i = 0; i < Messages; i++) host.Publisher.Publish(Sample.Event());

        await Eventually.HoldsAsync(() => handler.Calls.Count > 0, "handling begins");
        await Task.Delay(1_200, TestContext.Current.CancellationToken); // longer than the wait that comes before the pause
        Assert.InRange(handler.Calls.Count, 1, Bound);

        gate.Release(Messages);
        await Eventually.HoldsAsync(() => handler.Handled.Count == Messages, "the rest is handled");
    }
}
