using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;

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
            new(SpanAttributes.MessagingKey, Topics.KeyOf(message)),
            new(SpanAttributes.MessagingBodySize, bodySize),
            new(SpanAttributes.EventId, message.EventId.ToString()),
            new(SpanAttributes.EventType, message.Type),
            new(SpanAttributes.ExecutionId, message.ExecutionId.ToString()),
        ]);

    /// <summary>The same for a letter on its way to <paramref name="topic"/>, under the current span.</summary>
    public static Activity? Start(DeadLetter letter, string topic) =>
        Telemetry.Source.StartActivity(SpanNames.KafkaPublish, ActivityKind.Producer, parentContext: default,
        [
            new(SpanAttributes.MessagingSystem, "kafka"),
            new(SpanAttributes.MessagingOperationName, "send"),
            new(SpanAttributes.MessagingOperationType, "send"),
            new(SpanAttributes.MessagingDestination, topic),
            new(SpanAttributes.MessagingKey, MessageHeaders.TextOf(letter.Message.Key)),
            new(SpanAttributes.MessagingBodySize, letter.Message.Value?.Length ?? 0),
            new(SpanAttributes.EventId, letter.EventId?.ToString()),
            new(SpanAttributes.EventType, letter.EventType),
            new(SpanAttributes.ExecutionId, letter.ExecutionId?.ToString()),
            new(SpanAttributes.DeadLetterId, letter.Id.ToString()),
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
