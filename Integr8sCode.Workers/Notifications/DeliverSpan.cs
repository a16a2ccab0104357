using System.Diagnostics;

namespace Integr8sCode.Notifications;

/// <summary>The <c>notification.deliver</c> span: one for each attempt, in the trace of what the notification tells of.</summary>
internal static class DeliverSpan
{
    /// <param name="claimed">The notification after the decision.</param>
    /// <param name="found">As it was before.</param>
    public static Activity Start(Notification claimed, Notification found) => Telemetry.Continue(
        SpanNames.NotificationDeliver, ActivityKind.Internal, claimed.TraceContext,
        [
            new(SpanAttributes.NotificationId, claimed.Id.ToString()),
            new(SpanAttributes.NotificationChannel, SnakeCase.NameOf(claimed.Channel)),
            new(SpanAttributes.NotificationSeverity, SnakeCase.NameOf(claimed.Severity)),
            new(SpanAttributes.NotificationAttempt, claimed.Attempts.Count),
            new(SpanAttributes.ExecutionId, claimed.ExecutionId?.ToString()),
            new(SpanAttributes.UserId, claimed.UserId),
            new(SpanAttributes.RetryNotBefore, found.Reason is null ? null : found.DueAt?.ToUnixTimeMilliseconds()),
        ]);

    public static void Describe(Activity span, Notification moved)
    {
        span.SetTag(SpanAttributes.NotificationOutcome, OutcomeOf(moved));
        span.SetTag(SpanAttributes.NotificationReason, moved.Reason);
        if (moved.Attempts is [.., { Error: { } error }])
        {
            span.SetStatus(ActivityStatusCode.Error, error);
        }
    }

    public static string OutcomeOf(Notification moved) => moved switch
    {
        { Status: NotificationStatus.Pending, Reason: NotificationReasons.Retrying } => "retrying",
        { Status: NotificationStatus.Pending } => "postponed",
        _ => SnakeCase.NameOf(moved.Status),
    };
}
