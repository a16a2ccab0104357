using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class OutboxRelayTests
{
    private const string Stored = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task An_unpublished_event_is_sent_in_the_trace_it_was_stored_with()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var lost = Unpublished() with { TraceParent = Stored, TraceState = "vendor=1" };
        var stores = new MessagingStores();
        stores.Add(lost);

        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: stores);

        var message = outside.Read(Topics.ExecutionEvents, 1).Single().Message;
        var span = await spans.WaitForAsync(SpanNames.KafkaPublish, lost);
        Assert.Equal(ActivityContext.Parse(Stored, null).SpanId, span.ParentSpanId);
        Assert.Equal(span.Id, OutsideClient.Text(message.Headers, "traceparent"));
        Assert.Equal("vendor=1", OutsideClient.Text(message.Headers, "tracestate"));
        Assert.Equal(Sample.Bytes(lost), message.Value);
        await Eventually.HoldsAsync(() => stores.IsPublished(lost), "the event is marked as published");
    }

    [Fact]
    public async Task Events_of_one_execution_are_sent_in_their_order()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var stores = new MessagingStores();
        var first = Unpublished();
        var lost = Enumerable.Range(1, 50).Select(n => first with { EventId = Guid.CreateVersion7(), Sequence = n }).ToList();
        lost.ForEach(stores.Add);

        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: stores);

        var sent = outside.Read(Topics.ExecutionEvents, lost.Count);
        Assert.Equal(lost.Select(e => e.Sequence), sent.Select(message => EventDecoder.Decode(message.Message.Value).Sequence));
    }

    [Fact]
    public async Task A_process_without_the_lease_sends_nothing()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var stores = new MessagingStores { LeaseTaken = true };
        var lost = Unpublished();
        stores.Add(lost);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: stores);
        var next = Sample.Event();

        await Eventually.HoldsAsync(() => stores.LeaseRequests > 1, "the relay asks twice");
        host.Publisher.Publish(next);
        await Eventually.HoldsAsync(() => stores.IsPublished(next), "the published event is marked");
        Assert.False(stores.IsPublished(lost));

        stores.LeaseTaken = false;
        await Eventually.HoldsAsync(() => stores.IsPublished(lost), "the lease is taken over");
    }

    [Fact]
    public async Task An_event_that_the_producer_still_tries_is_not_sent_twice()
    {
        using var spans = new RecordedSpans();
        var stores = new MessagingStores();
        var waiting = Unpublished();
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1", stores: stores, settings: [("Kafka:MessageTimeout", "00:00:02")]);

        host.Publisher.Publish(waiting);
        host.Publisher.Publish(waiting);

        await spans.WaitForAsync(SpanNames.KafkaPublish, waiting);
        Assert.Single(spans.Of(SpanNames.KafkaPublish, waiting));
    }

    private static Event Unpublished() => Sample.Event() with { Time = TimeProvider.System.GetUtcNow().AddMinutes(-1) };
}
