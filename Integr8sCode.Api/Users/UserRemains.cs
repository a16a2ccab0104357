using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;

namespace Integr8sCode.Users;

/// <summary>What would pass to whoever gets a deleted user's id next: keys, limits, subscriptions with their addresses, notifications.</summary>
internal sealed class UserRemains(
    IApiKeyStore keys, IRateLimitStore limits, ISubscriptionStore subscriptions, INotificationStore notifications)
{
    public async Task DeleteAsync(string userId, CancellationToken cancellationToken)
    {
        await keys.DeleteAllAsync(userId, cancellationToken);
        await limits.DeleteUserAsync(userId, cancellationToken);
        await subscriptions.DeleteAllAsync(userId, cancellationToken);
        await notifications.DeleteAllAsync(userId, cancellationToken);
    }
}
