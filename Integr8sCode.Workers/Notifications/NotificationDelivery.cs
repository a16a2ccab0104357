using Integr8sCode.Storage;

namespace Integr8sCode.Notifications;

/// <summary>One attempt, from the claim to what came of it. The store decides between processes; losing is normal.</summary>
internal sealed partial class NotificationDelivery(
    INotificationStore notifications, ISubscriptionStore subscriptions, DeliveryDecision decision, NotificationSender sender,
    ILogger<NotificationDelivery> logger)
{
    private static readonly TimeSpan StorePause = TimeSpan.FromMilliseconds(500);

    private readonly StoreOutage _outage = new(logger, "what came of attempts waits to be kept");

    public async Task DeliverAsync(DueNotification due, CancellationToken cancellationToken)
    {
        if (await notifications.FindAsync(due.Id, cancellationToken) is not { } found)
        {
            return;
        }

        var notification = due.Announced is { } context ? found.Announce(context, sender.Now) : found;
        var subscription = await subscriptions.FindAsync(found.UserId, found.Channel, cancellationToken);
        var moved = decision.Move(notification, subscription);
        if (moved is null || !await notifications.SaveAsync(moved, cancellationToken))
        {
            return;
        }

        if (moved.Status is NotificationStatus.Sending && await decision.IsThrottledAsync(moved, subscription!, cancellationToken))
        {
            moved = moved.Throttle()!;
            await KeepAsync(moved, cancellationToken);
        }

        using var span = DeliverSpan.Start(moved, found);
        if (moved.Status is NotificationStatus.Sending)
        {
            moved = await sender.SendAsync(moved, subscription!, cancellationToken);
            await KeepAsync(moved, cancellationToken);
        }

        DeliverSpan.Describe(span, moved);
    }

    /// <summary>Keeps trying while the store is away: what came of the attempt is known only here until it is stored.</summary>
    private async Task KeepAsync(Notification finished, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (!await notifications.SaveAsync(finished, cancellationToken))
                {
                    LogDiscarded(finished.Id);
                }

                _outage.IsOver();
                return;
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
                await Task.Delay(StorePause, sender.Clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What came of notification {NotificationId} is not kept: it was deleted, or its lease had expired")]
    private partial void LogDiscarded(Guid notificationId);
}
