namespace Integr8sCode.Notifications;

/// <summary>What users want to hear of; one subscription a user and channel.</summary>
public interface ISubscriptionStore
{
    /// <returns>The user's subscriptions, in the order of the channels.</returns>
    Task<IReadOnlyList<NotificationSubscription>> ListAsync(string userId, CancellationToken cancellationToken);

    Task<NotificationSubscription?> FindAsync(string userId, NotificationChannel channel, CancellationToken cancellationToken);

    /// <summary>Replaces the subscription whose version is the one before; the first of a user and a channel has version 1.</summary>
    /// <returns>False, and nothing changed, where somebody else was faster.</returns>
    Task<bool> SaveAsync(NotificationSubscription subscription, CancellationToken cancellationToken);

    /// <returns>False if there was none.</returns>
    Task<bool> DeleteAsync(string userId, NotificationChannel channel, CancellationToken cancellationToken);

    /// <summary>Forgets all subscriptions of the user.</summary>
    Task DeleteAllAsync(string userId, CancellationToken cancellationToken);
}
