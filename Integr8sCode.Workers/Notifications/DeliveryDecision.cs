using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Whether a due notification is sent now, later or not at all.</summary>
internal sealed class DeliveryDecision(INotificationStore notifications, IOptions<NotificationOptions> options, TimeProvider clock)
{
    /// <returns>The notification after the move; <see langword="null"/> where somebody else has it or it is not due.</returns>
    public async Task<Notification?> MoveAsync(
        Notification notification, NotificationSubscription? subscription, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (subscription?.Url is null || !(subscription.Enabled || notification.IsTest))
        {
            return notification.Skip(NotificationReasons.Unsubscribed, now);
        }

        if (notification.IsTest || notification.Severity is NotificationSeverity.Urgent)
        {
            return notification.Claim(options.Value.Lease, now);
        }

        if (subscription.QuietHours?.EndOf(now) is { } end)
        {
            return notification.Postpone(NotificationReasons.QuietHours, end, now);
        }

        return await IsThrottledAsync(notification, subscription, now, cancellationToken)
            ? notification.Skip(NotificationReasons.Throttled, now)
            : notification.Claim(options.Value.Lease, now);
    }

    private async Task<bool> IsThrottledAsync(
        Notification notification, NotificationSubscription subscription, DateTimeOffset now, CancellationToken cancellationToken) =>
        subscription.Throttle is { } throttle
        && notification.Attempts.Count == 0
        && await notifications.CountAttemptedAsync(
            notification.UserId, notification.Channel, now - throttle.Window, cancellationToken) >= throttle.Max;
}
