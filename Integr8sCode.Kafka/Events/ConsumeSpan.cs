using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Events;

/// <summary>The <c>kafka.consume</c> span: a child of the message's own context, one for each try of the handler.</summary>
internal static class ConsumeSpan
{
    public static Activity Start(ConsumeResult<byte[], byte[]> record, string group, DateTimeOffset now)
    {
        var headers = record.Message.Headers;
        Activity.Current = null; // a message without a context starts its own trace
        var span = Telemetry.Continue(SpanNames.KafkaConsume, ActivityKind.Consumer, MessageHeaders.TraceContextOf(headers),
        [
            new(SpanAttributes.MessagingSystem, "kafka"),
            new(SpanAttributes.MessagingOperationName, "process"),
            new(SpanAttributes.MessagingOperationType, "process"),
            new(SpanAttributes.MessagingDestination, record.Topic),
            new(SpanAttributes.MessagingPartition, record.Partition.Value.ToString(CultureInfo.InvariantCulture)),
            new(SpanAttributes.MessagingOffset, record.Offset.Value),
            new(SpanAttributes.MessagingConsumerGroup, group),
            new(SpanAttributes.MessagingKey, MessageHeaders.TextOf(record.Message.Key)),
            new(SpanAttributes.MessagingBodySize, record.Message.Value?.Length ?? 0),
            new(SpanAttributes.QueueWait, (now - MessageTime.Of(record.Message)).TotalMilliseconds),
            new(SpanAttributes.EventId, MessageHeaders.TextOf(headers, MessageHeaders.EventId)),
            new(SpanAttributes.EventType, MessageHeaders.TextOf(headers, MessageHeaders.EventType)),
        ]);
        return span.SetTag(SpanAttributes.ReplaySessionId, MessageHeaders.TextOf(headers, MessageHeaders.ReplaySessionId));
    }

    /// <summary>What the message says of itself; its headers may be missing.</summary>
    public static void Describe(Activity span, Event message)
    {
        if (span.IsAllDataRequested)
        {
            span.SetTag(SpanAttributes.EventId, message.EventId.ToString());
            span.SetTag(SpanAttributes.EventType, message.Type);
            span.SetTag(SpanAttributes.ExecutionId, message.ExecutionId.ToString());
            span.SetTag(SpanAttributes.MessagingMessageId, message.EventId.ToString());
            span.SetTag(SpanAttributes.MessagingConversationId, message.CorrelationId);
        }
    }

    /// <summary>Marks the span as the n-th try of the same message after <paramref name="previous"/>, in place or as a dead letter.</summary>
    public static void Retry(Activity span, int attempt, ActivityContext previous, MessageRetry? retry)
    {
        if (attempt > 1)
        {
            span.SetTag(SpanAttributes.Attempt, attempt);
        }

        if (retry is not null)
        {
            span.SetTag(SpanAttributes.DeadLetterId, retry.LetterId.ToString());
            span.SetTag(SpanAttributes.DeadLetterRetryCount, retry.Count);
        }

        if (previous != default)
        {
            span.AddLink(new ActivityLink(previous));
        }
    }

    public static void Fail(Activity span, Exception failure)
    {
        span.AddException(failure);
        span.SetTag(SpanAttributes.ErrorType, failure.GetType().FullName);
        span.SetStatus(ActivityStatusCode.Error, failure.Message);
    }
}
