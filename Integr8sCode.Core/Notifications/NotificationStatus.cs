using System.Text.Json.Serialization;

namespace Integr8sCode.Notifications;

/// <summary><c>pending -> sending -> delivered -> read</c>; a failed attempt leads back to pending, the last one to failed.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<NotificationStatus>))]
public enum NotificationStatus
{
    /// <summary>Waits until it is due.</summary>
    Pending,

    /// <summary>A process holds its lease and makes an attempt.</summary>
    Sending,

    Delivered,

    /// <summary>Every attempt failed, or the receiver refused it for good.</summary>
    Failed,

    /// <summary>Not sent, as its subscription asks for; the reason says why.</summary>
    Skipped,

    Read,
}
