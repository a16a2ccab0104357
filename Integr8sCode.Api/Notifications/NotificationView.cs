namespace Integr8sCode.Notifications;

/// <summary>A notification as its user sees it.</summary>
public sealed record NotificationView
{
    public required Guid NotificationId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public required NotificationSeverity Severity { get; init; }
    public required NotificationStatus Status { get; init; }

    /// <summary>Why it waits, was not sent or failed: quiet_hours, retrying, throttled, unsubscribed, refused or attempts_exhausted.</summary>
    public string? Reason { get; init; }

    /// <summary>Type of the event that it tells of; <c>notification.test</c> for a test.</summary>
    public required string EventType { get; init; }

    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public Guid? ExecutionId { get; init; }
    public string? TraceId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next attempt is made at the earliest.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public required int Attempts { get; init; }
    public required NotificationLinks Links { get; init; }

    internal static NotificationView Of(Notification notification)
    {
        var self = $"/api/v1/notifications/{notification.Id}";
        return new()
        {
            NotificationId = notification.Id,
            Channel = notification.Channel,
            Severity = notification.Severity,
            Status = notification.Status,
            Reason = notification.Reason,
            EventType = notification.EventType,
            Subject = notification.Subject,
            Body = notification.Body,
            Tags = notification.Tags,
            ExecutionId = notification.ExecutionId,
            TraceId = notification.TraceId,
            CreatedAt = notification.CreatedAt,
            NextAttemptAt = notification.Status is NotificationStatus.Pending ? notification.DueAt : null,
            DeliveredAt = notification.DeliveredAt,
            ReadAt = notification.ReadAt,
            Attempts = notification.Attempts.Count,
            Links = new(
                self, $"{self}/deliveries", $"{self}/read",
                notification.ExecutionId is { } execution ? $"/api/v1/executions/{execution}" : null),
        };
    }
}

public sealed record NotificationLinks(string Self, string Deliveries, string Read, string? Execution);

public sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? NextCursor);

/// <summary>How a notification was, is and will be delivered.</summary>
public sealed record DeliveryList(
    Guid NotificationId, NotificationStatus Status, string? Reason, DateTimeOffset? NextAttemptAt, IReadOnlyList<DeliveryAttempt> Items);

public sealed record UnreadCount(long Unread);

public sealed record ReadNotifications(long Read);
