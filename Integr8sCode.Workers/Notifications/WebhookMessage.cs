namespace Integr8sCode.Notifications;

/// <summary>Body of a webhook call: the same for every attempt.</summary>
internal sealed record WebhookMessage(
    Guid Id,
    string Event,
    NotificationSeverity Severity,
    string Subject,
    string Body,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    Guid? ExecutionId,
    string? TraceId,
    MessageLinks Links)
{
    public static WebhookMessage Of(Notification notification, MessageLinks links) => new(
        notification.Id,
        notification.EventType,
        notification.Severity,
        notification.Subject,
        notification.Body,
        notification.Tags,
        notification.CreatedAt,
        notification.ExecutionId,
        notification.TraceId,
        links);
}
