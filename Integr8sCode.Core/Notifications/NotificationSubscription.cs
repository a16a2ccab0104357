namespace Integr8sCode.Notifications;

/// <summary>What a user wants to hear of through one channel. Where a list is empty, it does not restrict.</summary>
public sealed record NotificationSubscription
{
    public required string UserId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public bool Enabled { get; init; } = true;
    public IReadOnlyList<NotificationSeverity> Severities { get; init; } = [];

    /// <summary>Only notifications with one of these tags.</summary>
    public IReadOnlyList<string> IncludeTags { get; init; } = [];

    /// <summary>No notification with one of these tags.</summary>
    public IReadOnlyList<string> ExcludeTags { get; init; } = [];

    /// <summary>Event types that end an execution, for example <c>execution.failed</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    public QuietHours? QuietHours { get; init; }
    public NotificationThrottle? Throttle { get; init; }

    /// <summary>Where to send. Its path and query may hold a secret: answers show <see cref="Destination.Redact"/> of it only.</summary>
    public string? Url { get; init; }

    /// <summary>Key of the signature of a webhook; shown once.</summary>
    public string? Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The subscription of a user who has not said otherwise: everything, to read in the application.</summary>
    public static NotificationSubscription DefaultOf(string userId) => new()
    {
        UserId = userId,
        Channel = NotificationChannel.InApp,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>A user's stored subscriptions, and the default where they have said nothing of it.</summary>
    public static IReadOnlyList<NotificationSubscription> WithDefault(string userId, IReadOnlyList<NotificationSubscription> stored) =>
        stored is [{ Channel: NotificationChannel.InApp }, ..] ? stored : [DefaultOf(userId), .. stored];

    public bool Wants(Notification notification) =>
        Enabled
        && (Severities.Count == 0 || Severities.Contains(notification.Severity))
        && (IncludeTags.Count == 0 || IncludeTags.Intersect(notification.Tags).Any())
        && !ExcludeTags.Intersect(notification.Tags).Any()
        && (Events.Count == 0 || Events.Contains(notification.EventType));

    /// <summary>Without the address and the secret, so that neither can get into a log.</summary>
    public override string ToString() => $"{Channel} subscription of {UserId}";
}
