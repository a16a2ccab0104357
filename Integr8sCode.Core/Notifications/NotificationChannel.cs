using System.Text.Json.Serialization;

namespace Integr8sCode.Notifications;

/// <summary>Where a notification goes.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<NotificationChannel>))]
public enum NotificationChannel
{
    /// <summary>Stays in the store for its user to read: delivered the moment it is kept.</summary>
    InApp,

    /// <summary>A signed HTTP request to the user's own address.</summary>
    Webhook,

    /// <summary>A message through an incoming webhook of Slack.</summary>
    Slack,
}
