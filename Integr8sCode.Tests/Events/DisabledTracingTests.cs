using System.Diagnostics;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.ServiceDefaults;

namespace Integr8sCode.Events;

/// <summary>As with OTEL_SDK_DISABLED=true: nothing listens, so no other test may run beside these.</summary>
[Collection(TelemetryTestsAlone.Name)]
public sealed class DisabledTracingTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_context_that_came_in_goes_out_unchanged_in_the_next_message()
    {
        Assert.False(Telemetry.Source.HasListeners());
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var publisher = default(EventPublisher);
        var next = Sample.Event(type: EventTypes.ExecutionScheduled);
        var handler = new HandlerUnderTest((message, _) =>
        {
            if (message.Type == EventTypes.ExecutionRequested) publisher!.Publish(next);
            return Task.CompletedTask;
        });
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        publisher = host.Publisher;

        await outside.SendAsync(Sample.Bytes(Sample.Event()), OutsideClient.Headers(("traceparent", TraceParent), ("tracestate", "vendor=1")));

        var headers = outside.Read(Topics.ExecutionTasks, 1).Single().Message.Headers;
        Assert.Equal(TraceParent, OutsideClient.Text(headers, "traceparent"));
        Assert.Equal("vendor=1", OutsideClient.Text(headers, "tracestate"));
    }

    [Fact]
    public async Task An_execution_and_a_notification_wait_under_the_context_that_came_in()
    {
        Assert.False(Telemetry.Source.HasListeners());
        var (doorbell, due) = (new Doorbell(), new DueNotifications());
        var task = Sample.Event(type: EventTypes.ExecutionScheduled);
        var notification = Samples.Of(Noon, NotificationChannel.Webhook);
        var origin = new Origin("result-processor", Noon, TraceParent, TraceState: null);

        using (Telemetry.Continue(SpanNames.KafkaConsume, ActivityKind.Consumer, ActivityContext.Parse(TraceParent, null)))
        {
            await new ExecutionTaskHandler(doorbell).HandleAsync(task, TestContext.Current.CancellationToken);
            await new NotificationHandler(due).HandleAsync(notification.Announcement(origin), TestContext.Current.CancellationToken);
        }

        var announced = await due.TakeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TraceParent, Telemetry.TraceParentOf(doorbell.Answer(task.ExecutionId)!.Value));
        Assert.Equal(TraceParent, Telemetry.TraceParentOf(announced.Announced!.Value));
    }

    [Fact]
    public async Task Without_any_context_there_is_no_trace_header()
    {
        Assert.False(Telemetry.Source.HasListeners());
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);

        Activity.Current = null;
        host.Publisher.Publish(Sample.Event());

        var headers = outside.Read(Topics.ExecutionEvents, 1).Single().Message.Headers;
        Assert.Equal(["correlation_id", "event_id", "event_type", "service"], headers.Select(header => header.Key).Order());
    }

    [Fact]
    public async Task An_event_without_a_current_span_travels_with_its_stored_context()
    {
        Assert.False(Telemetry.Source.HasListeners());
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap);

        Activity.Current = null;
        host.Publisher.Publish(Sample.Event() with { TraceParent = TraceParent });

        var headers = outside.Read(Topics.ExecutionEvents, 1).Single().Message.Headers;
        Assert.Equal(TraceParent, OutsideClient.Text(headers, "traceparent"));
    }
}
