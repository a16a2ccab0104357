namespace Integr8sCode.Notifications;

/// <summary>Which of a user's notifications to list; what is <see langword="null"/> or empty does not restrict.</summary>
/// <param name="IncludeTags">Those with one of these tags.</param>
/// <param name="ExcludeTags">Those with none of these tags.</param>
/// <param name="TagPrefix">Those with a tag that begins so.</param>
/// <param name="Before">Only those kept before this one, the last of the page before.</param>
/// <param name="Limit">Most notifications to return.</param>
public sealed record NotificationFilter(
    string UserId,
    NotificationStatus? Status = null,
    NotificationChannel? Channel = null,
    NotificationSeverity? Severity = null,
    IReadOnlyList<string>? IncludeTags = null,
    IReadOnlyList<string>? ExcludeTags = null,
    string? TagPrefix = null,
    NotificationCursor? Before = null,
    int Limit = 50);
