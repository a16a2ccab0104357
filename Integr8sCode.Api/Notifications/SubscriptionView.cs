namespace Integr8sCode.Notifications;

/// <summary>A subscription as its user sees it: of the address, only where it leads.</summary>
public sealed record SubscriptionView
{
    public required NotificationChannel Channel { get; init; }
    public required bool Enabled { get; init; }
    public required IReadOnlyList<NotificationSeverity> Severities { get; init; }
    public required IReadOnlyList<string> IncludeTags { get; init; }
    public required IReadOnlyList<string> ExcludeTags { get; init; }
    public required IReadOnlyList<string> Events { get; init; }
    public QuietHoursView? QuietHours { get; init; }
    public ThrottleView? Throttle { get; init; }

    /// <summary>Scheme, host and port; the rest is not shown again.</summary>
    public string? Url { get; init; }

    /// <summary>The key of the signature; only in the answer that made it.</summary>
    public string? Secret { get; init; }

    /// <summary>Absent where this is the default.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal static SubscriptionView Of(NotificationSubscription subscription) => new()
    {
        Channel = subscription.Channel,
        Enabled = subscription.Enabled,
        Severities = subscription.Severities,
        IncludeTags = subscription.IncludeTags,
        ExcludeTags = subscription.ExcludeTags,
        Events = subscription.Events,
        QuietHours = subscription.QuietHours is { } hours ? QuietHoursView.Of(hours) : null,
        Throttle = subscription.Throttle is { } throttle ? new(throttle.Max, throttle.WindowMinutes) : null,
        Url = subscription.Url is { } url ? Destination.Redact(url) : null,
        UpdatedAt = subscription.UpdatedAt > DateTimeOffset.UnixEpoch ? subscription.UpdatedAt : null,
    };
}

public sealed record SubscriptionList(IReadOnlyList<SubscriptionView> Items);

/// <summary>Where to see what came of the test.</summary>
public sealed record TestedSubscription(Guid NotificationId, NotificationStatus Status, NotificationLinks Links);
