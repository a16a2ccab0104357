using Integr8sCode.Events;

namespace Integr8sCode.Notifications;

/// <summary>An announcement only rings the bell: the notification waits in the store.</summary>
internal sealed class NotificationHandler(DueNotifications due) : IEventHandler
{
    public bool Handles(string eventType) => eventType == EventTypes.NotificationCreated;

    public Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        due.Announce(message.Read(CoreJson.Default.NotificationCreated).NotificationId, Telemetry.CurrentContext);
        return Task.CompletedTask;
    }
}
