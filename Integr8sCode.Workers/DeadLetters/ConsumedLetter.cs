using System.Diagnostics;
using System.Globalization;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// The <c>dlq.consume</c> span: a child of the failed <c>kafka.consume</c>, linked to the producer of the original message and to the
/// request that it all began with.
/// </summary>
internal static class ConsumedLetter
{
    public static Activity Start(DeadLetter letter, AnnouncedLetter? announced, DateTimeOffset now)
    {
        Activity.Current = null; // a letter without a context starts its own trace
        var span = Telemetry.Continue(SpanNames.DeadLetterConsume, ActivityKind.Consumer, Telemetry.ContextOf(letter.State.Failure.TraceParent),
        [
            new(SpanAttributes.MessagingSystem, "kafka"),
            new(SpanAttributes.MessagingOperationName, "process"),
            new(SpanAttributes.MessagingOperationType, "process"),
            new(SpanAttributes.MessagingDestination, Topics.DeadLetterQueue),
            new(SpanAttributes.MessagingPartition, announced?.Message.Partition.ToString(CultureInfo.InvariantCulture)),
            new(SpanAttributes.MessagingOffset, announced?.Message.Offset),
            new(SpanAttributes.MessagingConsumerGroup, DeadLetterRegistration.Role),
            new(SpanAttributes.MessagingBodySize, letter.Message.Value?.Length ?? 0),
            new(SpanAttributes.QueueWait, (now - letter.State.Failure.FailedAt).TotalMilliseconds),
            new(SpanAttributes.EventId, letter.EventId?.ToString()),
            new(SpanAttributes.EventType, letter.EventType),
            new(SpanAttributes.ExecutionId, letter.ExecutionId?.ToString()),
            new(SpanAttributes.DeadLetterId, letter.Id.ToString()),
            new(SpanAttributes.DeadLetterTopic, letter.Message.Topic),
            new(SpanAttributes.DeadLetterGroup, letter.ConsumerGroup),
            new(SpanAttributes.DeadLetterRetryCount, letter.State.RetryCount),
            new(SpanAttributes.ErrorType, letter.State.Failure.ExceptionType),
        ]);
        Link(span, Telemetry.ContextOf(letter.Message.TextOf("traceparent")));
        return span;
    }

    public static void Link(Activity span, ActivityContext context)
    {
        if (context != default && span.Links.All(link => link.Context.SpanId != context.SpanId))
        {
            span.AddLink(new(context));
        }
    }

    public static void Decide(Activity span, RetryPolicy policy, DeadLetter? followed)
    {
        span.SetTag(SpanAttributes.DeadLetterPolicy, SnakeCase.NameOf(policy.Strategy));
        if (followed is null)
        {
            span.SetTag(SpanAttributes.Duplicate, true);
            return;
        }

        var last = followed.State.Transitions[^1];
        span.SetTag(SpanAttributes.DeadLetterStatus, SnakeCase.NameOf(last.To));
        span.SetTag(SpanAttributes.DeadLetterDecision, last.Why);
        span.SetTag(SpanAttributes.RetryNotBefore, followed.State.Due?.ToUnixTimeMilliseconds());
    }
}
