namespace Integr8sCode.Notifications;

/// <summary>Data of <c>notification.created</c>: the notification itself stays in the store.</summary>
public sealed record NotificationCreated(Guid NotificationId, NotificationChannel Channel);
