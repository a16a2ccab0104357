using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;

namespace Integr8sCode.ResultProcessing;

/// <summary>
/// Tells the user of an ended execution, through the channels they subscribed to: one write for all of them. What has to be sent is then
/// announced to the notification-service; an announcement that gets lost is made good by the store.
/// </summary>
internal sealed class ExecutionNotifications(
    ISubscriptionStore subscriptions, INotificationStore notifications, EventPublisher publisher, ExecutionJournal journal)
{
    public async Task CreateAsync(Execution execution, Event ended, CancellationToken cancellationToken)
    {
        var origin = journal.Now;
        var stored = await subscriptions.ListAsync(execution.UserId, cancellationToken);
        var wanted = NotificationSubscription.WithDefault(execution.UserId, stored)
            .Select(subscription => (Subscription: subscription, Notification: Notification.Of(execution, ended, subscription.Channel, origin)))
            .Where(pair => pair.Subscription.Wants(pair.Notification))
            .Select(pair => pair.Notification)
            .ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var added in await notifications.AddAsync(wanted, cancellationToken))
        {
            if (added.Status is NotificationStatus.Pending)
            {
                publisher.Publish(added.Announcement(origin));
            }
        }
    }
}
