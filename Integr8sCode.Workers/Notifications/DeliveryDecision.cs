using Integr8sCode.RateLimits;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Whether a due notification is sent now, later or not at all.</summary>
internal sealed class DeliveryDecision(IRateLimitStore counters, IOptions<NotificationOptions> options, TimeProvider clock)
{
    /// <returns>The notification after the move; <see langword="null"/> where somebody else has it or it is not due.</returns>
    public Notification? Move(Notification notification, NotificationSubscription? subscription)
    {
        var now = clock.GetUtcNow();
        if (subscription?.Url is null || !(subscription.Enabled || notification.IsTest))
        {
            return notification.Skip(NotificationReasons.Unsubscribed, now);
        }

        return !Passes(notification) && subscription.QuietHours?.EndOf(now) is { } end
            ? notification.Postpone(NotificationReasons.QuietHours, end, now)
            : notification.Claim(options.Value.Lease, now);
    }

    /// <summary>
    /// Asked for what is claimed, so that only one process asks, and counted in one atomic step: however many claim at once, no more go out
    /// than the subscription says. Further attempts are not counted.
    /// </summary>
    public async Task<bool> IsThrottledAsync(Notification claimed, NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Throttle is not { } throttle || claimed.Attempts.Count > 1 || Passes(claimed))
        {
            return false;
        }

        var rule = new RateLimitRule(
            $"throttle-{SnakeCase.NameOf(claimed.Channel)}", Group: "", throttle.Max, (int)throttle.Window.TotalSeconds);
        return !(await counters.TakeAsync($"notifications:{claimed.UserId}", rule, clock.GetUtcNow(), cancellationToken)).Allowed;
    }

    private static bool Passes(Notification notification) => notification.IsTest || notification.Severity is NotificationSeverity.Urgent;
}
