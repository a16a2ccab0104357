using Integr8sCode.Notifications;
using MongoDB.Bson.Serialization.Attributes;

namespace Integr8sCode.Mongo;

/// <summary>A notification, and what it is asked for by. Earlier releases kept more with it.</summary>
[BsonIgnoreExtraElements]
internal sealed record NotificationDocument
{
    public required Guid Id { get; init; }
    public required string UserId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public required NotificationSeverity Severity { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required List<string> Tags { get; init; }

    public required NotificationStatus Status { get; init; }
    public required long Version { get; init; }
    public DateTimeOffset? Due { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public required Notification Notification { get; init; }

    public static NotificationDocument Of(Notification notification) => new()
    {
        Id = notification.Id,
        UserId = notification.UserId,
        Channel = notification.Channel,
        Severity = notification.Severity,
        CreatedAt = notification.CreatedAt,
        Tags = [.. notification.Tags],
        Status = notification.Status,
        Version = notification.Version,
        Due = notification.DueAt,
        ReadAt = notification.ReadAt,
        Notification = notification,
    };

    // Reading all of them moves these without touching the inner document.
    public Notification ToNotification() => Notification with { Status = Status, Version = Version, ReadAt = ReadAt };
}
