using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class MembershipTests
{
    [Theory]
    [InlineData("classic")]
    [InlineData("consumer")]
    public async Task Members_that_come_and_go_lose_nothing_and_keep_each_keys_order(string protocol)
    {
        const int Executions = 20, Length = 40;
        (string, string)[] settings =
            [("Kafka:GroupProtocol", protocol), ("Kafka:SessionTimeout", "00:00:03"), ("Kafka:HeartbeatInterval", "00:00:00.25")];
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        var stores = new MessagingStores();
        var handler = new HandlerUnderTest((_, token) => Task.Delay(3, token));
        await using var first = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores, settings: settings);
        var second = default(MessagingHost);
        var executions = Enumerable.Range(0, Executions).Select(_ => Guid.CreateVersion7()).ToList();

        for (var sequence = 1; sequence <= Length; sequence++)
        {
            foreach (var execution in executions) first.Publisher.Publish(Sample.Event(execution, sequence));
            if (sequence == Length / 4) second = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores, settings: settings);
            if (sequence == Length * 3 / 4) await second!.DisposeAsync();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Eventually.HoldsAsync(() => stores.Handled == Executions * Length, "every event is handled");
        Assert.All(handler.Handled.DistinctBy(e => e.EventId).GroupBy(e => e.ExecutionId), stream =>
            Assert.Equal(Enumerable.Range(1, Length).Select(sequence => (long)sequence), stream.Select(e => e.Sequence)));
    }

    [Fact]
    public async Task What_a_member_did_not_finish_comes_again_and_what_it_finished_is_dropped_by_the_inbox()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var stores = new MessagingStores();
        var (unfinished, finished) = (Sample.Event(), Sample.Event());
        var stuck = new HandlerUnderTest((message, token) =>
            message.EventId == unfinished.EventId ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);
        var first = await MessagingHost.StartAsync(broker.Bootstrap, stuck, stores);
        await outside.SendAsync(Sample.Bytes(unfinished), key: "a");
        await outside.SendAsync(Sample.Bytes(finished), key: "b");
        await Eventually.HoldsAsync(() => stores.Handled == 1 && stuck.Calls.Count == 2, "one is finished, the other stuck");
        await first.DisposeAsync();

        var handler = new HandlerUnderTest();
        await using var second = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores);

        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 2, "both offsets move");
        Assert.Equal(unfinished.EventId, Assert.Single(handler.Calls).EventId);
        Assert.Contains(spans.Of(SpanNames.KafkaConsume, finished), span => Equals(span.GetTagItem(SpanAttributes.Duplicate), true));
    }

    [Fact]
    public async Task Stopping_lets_what_runs_end_and_commits_it()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest((_, _) => Task.Delay(400, CancellationToken.None));
        var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        for (var i = 0; i < 5; i++) await outside.SendAsync(Sample.Bytes(Sample.Event()), key: $"{i}");
        await Eventually.HoldsAsync(() => handler.Calls.Count == 5, "all are being handled");

        var watch = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(5, handler.Handled.Count);
        Assert.Equal(5, outside.Committed(MessagingHost.Group));
    }

    [Fact]
    public async Task A_stuck_handler_does_not_hold_the_stop_longer_than_five_seconds()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest((_, token) => Task.Delay(Timeout.Infinite, token));
        var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        host.Publisher.Publish(Sample.Event());
        await Eventually.HoldsAsync(() => handler.Calls.Count == 1, "the event is being handled");

        var watch = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5.5));
    }
}
