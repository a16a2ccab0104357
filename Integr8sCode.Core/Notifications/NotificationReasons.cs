namespace Integr8sCode.Notifications;

/// <summary>Why a notification waits, was not sent or failed.</summary>
public static class NotificationReasons
{
    /// <summary>Waits for the end of the subscription's quiet hours.</summary>
    public const string QuietHours = "quiet_hours";

    /// <summary>Skipped: the subscription's throttle was used up.</summary>
    public const string Throttled = "throttled";

    /// <summary>Skipped: the subscription was deleted or disabled meanwhile.</summary>
    public const string Unsubscribed = "unsubscribed";

    /// <summary>Waits for the next attempt after one that failed.</summary>
    public const string Retrying = "retrying";

    /// <summary>Failed: the receiver refused it for good, or its address must not be called.</summary>
    public const string Refused = "refused";

    /// <summary>Failed: all attempts failed.</summary>
    public const string Exhausted = "attempts_exhausted";
}
