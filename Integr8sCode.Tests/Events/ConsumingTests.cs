using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class ConsumingTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_consumer_continues_the_trace_of_the_publisher()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        var inside = default(Activity);
        var handler = new HandlerUnderTest((_, _) => { inside = Activity.Current; return Task.CompletedTask; });
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        var sent = Sample.Event();

        host.Publisher.Publish(sent);

        var publish = await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        var consume = await spans.WaitForAsync(SpanNames.KafkaConsume, sent);
        Assert.Equal((publish.TraceId, publish.SpanId), (consume.TraceId, consume.ParentSpanId));
        Assert.Same(consume, inside);
    }

    [Fact]
    public async Task The_consume_span_says_what_came_from_where()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, new());
        var sent = Sample.Event();

        host.Publisher.Publish(sent);

        var publish = await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        var consume = await spans.WaitForAsync(SpanNames.KafkaConsume, sent);
        Assert.Equal((ActivityKind.Consumer, ActivityStatusCode.Unset), (consume.Kind, consume.Status));
        Assert.Equal(MessagingHost.Group, consume.GetTagItem(SpanAttributes.MessagingConsumerGroup));
        Assert.True((double)consume.GetTagItem(SpanAttributes.QueueWait)! > -1);
        Assert.Null(consume.GetTagItem(SpanAttributes.Attempt));
        string[] shared =
        [
            SpanAttributes.MessagingSystem, SpanAttributes.MessagingDestination, SpanAttributes.MessagingPartition, SpanAttributes.MessagingOffset,
            SpanAttributes.MessagingKey, SpanAttributes.MessagingMessageId, SpanAttributes.MessagingBodySize, SpanAttributes.EventId,
            SpanAttributes.EventType, SpanAttributes.ExecutionId,
        ];
        Assert.All(shared, key => Assert.Equal(publish.GetTagItem(key), consume.GetTagItem(key)));
        Assert.All(shared, key => Assert.NotNull(consume.GetTagItem(key)));
    }

    [Fact]
    public async Task An_outside_producers_traceparent_becomes_the_parent()
    {
        var span = await ConsumeAsync(("traceparent", TraceParent), ("tracestate", "vendor=1"));

        Assert.Equal(ActivityContext.Parse(TraceParent, null).SpanId, span.ParentSpanId);
        Assert.Equal(ActivityContext.Parse(TraceParent, null).TraceId, span.TraceId);
        Assert.Equal("vendor=1", span.TraceStateString);
    }

    [Fact]
    public async Task Of_two_traceparents_the_last_one_counts()
    {
        var span = await ConsumeAsync(("traceparent", "00-11111111111111111111111111111111-2222222222222222-01"), ("traceparent", TraceParent));

        Assert.Equal(ActivityContext.Parse(TraceParent, null).SpanId, span.ParentSpanId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01")]
    public async Task Without_a_usable_traceparent_the_message_starts_its_own_trace(string? traceParent)
    {
        var span = traceParent is null ? await ConsumeAsync() : await ConsumeAsync(("traceparent", traceParent));

        Assert.Equal(default, span.ParentSpanId);
        Assert.NotEqual(default, span.TraceId);
    }

    [Fact]
    public async Task A_message_that_was_handled_before_is_dropped()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        using var outside = new OutsideClient(broker.Bootstrap);
        var sent = Sample.Event();

        await outside.SendAsync(Sample.Bytes(sent));
        await outside.SendAsync(Sample.Bytes(sent));

        await Eventually.HoldsAsync(() => spans.Of(SpanNames.KafkaConsume, sent).Count() == 2, "both are consumed");
        Assert.Single(handler.Calls);
        Assert.Equal([null, true], spans.Of(SpanNames.KafkaConsume, sent).Select(span => span.GetTagItem(SpanAttributes.Duplicate)));
    }

    [Fact]
    public async Task Every_log_line_of_a_handler_carries_the_correlation_and_the_execution()
    {
        using var logs = new ScopeRecorder();
        using var broker = await MessagingHost.StartBrokerAsync();
        var scope = default(IReadOnlyDictionary<string, object?>);
        var handler = new HandlerUnderTest((_, _) => { scope = logs.CurrentScope; return Task.CompletedTask; });
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, logs: logs);
        var sent = Sample.Event();

        host.Publisher.Publish(sent);

        await Eventually.HoldsAsync(() => handler.Handled.Count > 0, "the event is handled");
        Assert.Equal("correlation-1", scope!["correlation_id"]);
        Assert.Equal(sent.ExecutionId, scope["execution_id"]);
    }

    private static async Task<Activity> ConsumeAsync(params (string Name, string? Value)[] headers)
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        using var outside = new OutsideClient(broker.Bootstrap);
        var sent = Sample.Event();

        await outside.SendAsync(Sample.Bytes(sent), OutsideClient.Headers(headers));

        var span = await spans.WaitForAsync(SpanNames.KafkaConsume, sent);
        Assert.Equal(sent.EventId, Assert.Single(handler.Handled).EventId);
        return span;
    }
}
