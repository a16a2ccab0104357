using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>The <c>kafka.publish</c> span: from the call to the broker's answer.</summary>
internal static class PublishSpan
{
    public static Activity? Start(Event message, string topic, int bodySize, ActivityContext parent) =>
        Telemetry.Source.StartActivity(SpanNames.KafkaPublish, ActivityKind.Producer, parent,
        [
            new(SpanAttributes.MessagingSystem, "kafka"),
            new(SpanAttributes.MessagingOperationName, "send"),
            new(SpanAttributes.MessagingOperationType, "send"),
            new(SpanAttributes.MessagingDestination, topic),
            new(SpanAttributes.MessagingMessageId, message.EventId.ToString()),
            new(SpanAttributes.MessagingConversationId, message.CorrelationId),
            new(SpanAttributes.MessagingKey, message.ExecutionId.ToString()),
            new(SpanAttributes.MessagingBodySize, bodySize),
            new(SpanAttributes.EventId, message.EventId.ToString()),
            new(SpanAttributes.EventType, message.Type),
            new(SpanAttributes.ExecutionId, message.ExecutionId.ToString()),
        ]);

    public static void Stop(Activity? span, DeliveryReport<byte[], byte[]> report)
    {
        if (span is null)
        {
            return;
        }

        if (report.Error.IsError)
        {
            span.SetTag(SpanAttributes.ErrorType, report.Error.Code.ToString());
            span.SetStatus(ActivityStatusCode.Error, report.Error.Reason);
        }
        else
        {
            span.SetTag(SpanAttributes.MessagingPartition, report.Partition.Value.ToString(CultureInfo.InvariantCulture));
            span.SetTag(SpanAttributes.MessagingOffset, report.Offset.Value);
        }

        var current = Activity.Current;
        span.Stop();
        Activity.Current = current; // stopping made the publisher's span current, here on the producer's own thread
    }
}
