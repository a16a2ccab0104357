using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>The <c>dlq.retry</c> span: a child of <c>dlq.consume</c>, linked to the operator's request where one asked for the retry.</summary>
internal static class RetrySpan
{
    public static Activity Start(DeadLetter letter)
    {
        Activity.Current = null; // a letter without a context starts its own trace
        var value = letter.State.Edit?.Value ?? letter.Message.Value;
        var context = Telemetry.ContextOf(letter.State.TraceParent ?? letter.State.Failure.TraceParent);
        var span = Telemetry.Continue(SpanNames.DeadLetterRetry, ActivityKind.Producer, context,
        [
            new(SpanAttributes.MessagingSystem, "kafka"),
            new(SpanAttributes.MessagingOperationName, "send"),
            new(SpanAttributes.MessagingOperationType, "send"),
            new(SpanAttributes.MessagingDestination, letter.Message.Topic),
            new(SpanAttributes.MessagingKey, MessageHeaders.TextOf(letter.State.Edit?.Key ?? letter.Message.Key)),
            new(SpanAttributes.MessagingBodySize, value?.Length ?? 0),
            new(SpanAttributes.EventId, (letter.State.Edit?.EventId ?? letter.EventId)?.ToString()),
            new(SpanAttributes.EventType, letter.State.Edit?.EventType ?? letter.EventType),
            new(SpanAttributes.ExecutionId, letter.ExecutionId?.ToString()),
            new(SpanAttributes.DeadLetterId, letter.Id.ToString()),
            new(SpanAttributes.DeadLetterGroup, letter.ConsumerGroup),
            new(SpanAttributes.DeadLetterRetryCount, letter.State.RetryCount),
        ]);
        var asked = letter.State.Transitions.LastOrDefault(transition => transition.To is DeadLetterStatus.Scheduled)?.TraceParent;
        if (asked != letter.State.TraceParent && Telemetry.ContextOf(asked) is var request && request != default)
        {
            span.AddLink(new(request));
        }

        return span;
    }
}
