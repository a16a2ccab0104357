using Integr8sCode.Notifications;

namespace Integr8sCode.Mongo;

/// <param name="Id">The user and the channel.</param>
internal sealed record SubscriptionDocument(string Id, string UserId, NotificationChannel Channel, NotificationSubscription Subscription)
{
    public static SubscriptionDocument Of(NotificationSubscription subscription) => new(
        IdOf(subscription.UserId, subscription.Channel), subscription.UserId, subscription.Channel, subscription);

    public static string IdOf(string userId, NotificationChannel channel) => $"{channel}/{userId}";
}
