namespace Integr8sCode.Notifications;

/// <summary>What users were told, are told and will be told: the queue of the notification-service.</summary>
public interface INotificationStore
{
    /// <summary>Keeps the notifications; one whose id is known is left as it is.</summary>
    /// <returns>Those that were not known.</returns>
    Task<IReadOnlyList<Notification>> AddAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken);

    Task<Notification?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Keeps the notification if the stored version is the one before it; never overwrites a concurrent save.</summary>
    /// <returns>False if somebody else saved first, or deleted it.</returns>
    Task<bool> SaveAsync(Notification notification, CancellationToken cancellationToken);

    /// <returns>Those that are due at <paramref name="now"/>, the longest due first.</returns>
    Task<IReadOnlyList<Notification>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <returns>The newest first: by when they were kept, then by id.</returns>
    Task<IReadOnlyList<Notification>> ListAsync(NotificationFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// What was kept after the cursor, for any of the users, oldest first. When a notification was kept is told by the clock of the
    /// process that did it: a reader that must miss none asks from some seconds earlier and drops what it knows.
    /// </summary>
    Task<IReadOnlyList<Notification>> ListSinceAsync(
        NotificationCursor after, IReadOnlyCollection<string> userIds, int limit, CancellationToken cancellationToken);

    /// <returns>How many in-app notifications the user has not read.</returns>
    Task<long> CountUnreadAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Reads every in-app notification of the user.</summary>
    /// <returns>How many were unread.</returns>
    Task<long> ReadAllAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <returns>False if the user has no such notification.</returns>
    Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken);

    /// <summary>Forgets all notifications of the user, also those that are still to be sent.</summary>
    Task DeleteAllAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Forgets what happened before <paramref name="before"/>, and of each user all but the newest <paramref name="perUser"/>.</summary>
    /// <returns>How many notifications are gone.</returns>
    Task<long> PruneAsync(DateTimeOffset before, int perUser, CancellationToken cancellationToken);
}
