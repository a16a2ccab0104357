using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>
/// The <c>replay.publish</c> span: inside the trace in which the event was recorded, and linked to the session that replays it.
/// </summary>
public static class ReplaySpan
{
    /// <param name="destination">The topic; <see langword="null"/> where the event's script is executed instead.</param>
    public static Activity? Start(Event recorded, Guid sessionId, ActivityContext session, string? destination)
    {
        var current = Activity.Current;
        Activity.Current = null;
        var span = Telemetry.Source.StartActivity(
            SpanNames.ReplayPublish,
            ActivityKind.Producer,
            recorded.TraceContext,
            [
                new(SpanAttributes.ReplaySessionId, sessionId.ToString()),
                new(SpanAttributes.EventId, recorded.EventId.ToString()),
                new(SpanAttributes.EventType, recorded.Type),
                new(SpanAttributes.ExecutionId, recorded.ExecutionId.ToString()),
                .. destination is null ? [] : SendTags(recorded, destination),
            ],
            session == default ? [] : [new(session)]);
        Activity.Current = current;
        return span;
    }

    private static IEnumerable<KeyValuePair<string, object?>> SendTags(Event recorded, string topic) =>
    [
        new(SpanAttributes.MessagingSystem, "kafka"),
        new(SpanAttributes.MessagingOperationName, "send"),
        new(SpanAttributes.MessagingOperationType, "send"),
        new(SpanAttributes.MessagingDestination, topic),
        new(SpanAttributes.MessagingMessageId, recorded.EventId.ToString()),
        new(SpanAttributes.MessagingConversationId, recorded.CorrelationId),
        new(SpanAttributes.MessagingKey, Topics.KeyOf(recorded)),
    ];
}
