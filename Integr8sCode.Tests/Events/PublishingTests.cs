using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Events;

public sealed class PublishingTests
{
    [Fact]
    public async Task Every_header_is_there_exactly_once_and_traceparent_is_the_publish_span()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);
        var sent = Sample.Event();

        using var request = Telemetry.Continue("request", ActivityKind.Server, default);
        request.TraceStateString = "vendor=1";
        host.Publisher.Publish(sent);
        Assert.Same(request, Activity.Current);

        var message = outside.Read(Topics.ExecutionEvents, 1).Single().Message;
        var span = await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        Assert.Equal(
            [("correlation_id", "correlation-1"), ("event_id", $"{sent.EventId}"), ("event_type", sent.Type),
             ("service", "service-under-test"), ("traceparent", span.Id!), ("tracestate", "vendor=1")],
            message.Headers.Select(header => (header.Key, OutsideClient.Text(message.Headers, header.Key))).Order());
        Assert.Equal(request.SpanId, span.ParentSpanId);
        Assert.Equal($"{sent.ExecutionId}", MessageHeaders.TextOf(message.Key));
    }

    [Fact]
    public async Task The_publish_span_says_what_was_sent_and_where_it_is()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);
        var sent = Sample.Event(type: EventTypes.ExecutionScheduled);

        host.Publisher.Publish(sent);

        var record = outside.Read(Topics.ExecutionTasks, 1).Single();
        var span = await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        Assert.Equal((ActivityKind.Producer, ActivityStatusCode.Unset), (span.Kind, span.Status));
        var tags = span.TagObjects.ToDictionary();
        Assert.Equal("kafka", tags[SpanAttributes.MessagingSystem]);
        Assert.Equal(Topics.ExecutionTasks, tags[SpanAttributes.MessagingDestination]);
        Assert.Equal($"{record.Partition.Value}", tags[SpanAttributes.MessagingPartition]);
        Assert.Equal(record.Offset.Value, tags[SpanAttributes.MessagingOffset]);
        Assert.Equal(record.Message.Value.Length, tags[SpanAttributes.MessagingBodySize]);
        Assert.Equal($"{sent.ExecutionId}", tags[SpanAttributes.ExecutionId]);
        Assert.Equal(sent.Type, tags[SpanAttributes.EventType]);
    }

    [Fact]
    public async Task Publishing_does_not_wait_but_its_span_ends_at_the_delivery_report()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);
        var first = Sample.Event();
        host.Publisher.Publish(first);
        await spans.WaitForAsync(SpanNames.KafkaPublish, first);
        var silence = TimeSpan.FromMilliseconds(500);
        var sent = Sample.Event();

        await broker.SuspendAsync(TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        host.Publisher.Publish(sent);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, silence / 2);
        await Task.Delay(silence, TestContext.Current.CancellationToken);
        Assert.Empty(spans.Of(SpanNames.KafkaPublish, sent));
        Assert.False(host.Stores.IsPublished(sent));
        broker.Send(Signal.Continue);

        await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        await Eventually.HoldsAsync(() => host.Stores.IsPublished(sent), "the event is marked as published");
    }

    [Fact]
    public async Task What_the_broker_does_not_take_is_an_error_span_and_stays_unpublished()
    {
        using var spans = new RecordedSpans();
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1", settings: [("Kafka:MessageTimeout", "00:00:01")]);
        var sent = Sample.Event();

        host.Publisher.Publish(sent);

        var span = await spans.WaitForAsync(SpanNames.KafkaPublish, sent);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("Local_MsgTimedOut", span.GetTagItem(SpanAttributes.ErrorType));
        Assert.False(host.Stores.IsPublished(sent));
    }

    [Fact]
    public async Task A_full_queue_leaves_the_event_to_the_relay()
    {
        using var spans = new RecordedSpans();
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1", settings: [("Kafka:ProducerQueue", "1")]);
        var refused = Sample.Event();

        host.Publisher.Publish(Sample.Event());
        host.Publisher.Publish(refused);

        var span = Assert.Single(spans.Of(SpanNames.KafkaPublish, refused));
        Assert.Equal("Local_QueueFull", span.GetTagItem(SpanAttributes.ErrorType));
    }

    [Fact]
    public async Task Stopping_waits_for_delivery_reports_and_their_marks()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);
        var events = Enumerable.Range(0, 200).Select(_ => Sample.Event()).ToList();

        events.ForEach(sent => host.Publisher.Publish(sent));
        await host.StopAsync();

        Assert.All(events, sent => Assert.True(host.Stores.IsPublished(sent)));
    }

    [Fact]
    public async Task What_the_broker_has_not_answered_when_the_process_stops_is_an_error_span_and_stays_unpublished()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);
        var first = Sample.Event();
        host.Publisher.Publish(first);
        await spans.WaitForAsync(SpanNames.KafkaPublish, first);
        var sent = Sample.Event();
        await broker.SuspendAsync(TestContext.Current.CancellationToken);
        host.Publisher.Publish(sent);

        await host.StopAsync();

        var span = Assert.Single(spans.Of(SpanNames.KafkaPublish, sent));
        Assert.Equal((ActivityStatusCode.Error, "Local_TimedOut"), (span.Status, span.GetTagItem(SpanAttributes.ErrorType)));
        Assert.False(host.Stores.IsPublished(sent));
    }

    [Theory]
    [InlineData("Lanes", "0")]
    [InlineData("FetchWaitMax", "01:00:00")]
    [InlineData("HeartbeatInterval", "00:00:40")]
    public async Task A_setting_out_of_bounds_stops_the_process_at_start_naming_it(string name, string value)
    {
        using var host = MessagingHost.Build("127.0.0.1:1", handler: null, new(), logs: null, ($"Kafka:{name}", value));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_connection_string_stops_the_process_at_start_naming_it()
    {
        using var host = MessagingHost.Build(bootstrap: null, handler: null, new(), logs: null);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("ConnectionStrings:kafka", failure.Message, StringComparison.Ordinal);
    }
}
