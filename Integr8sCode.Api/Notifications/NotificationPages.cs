using System.Runtime.CompilerServices;

namespace Integr8sCode.Notifications;

internal static class NotificationPages
{
    /// <summary>All that was kept after the cursor, page by page; one question where a page holds it.</summary>
    public static async IAsyncEnumerable<Notification> ListAllSinceAsync(
        this INotificationStore store, NotificationCursor after, IReadOnlyCollection<string> userIds, int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Notification> page;
        do
        {
            page = await store.ListSinceAsync(after, userIds, pageSize, cancellationToken);
            foreach (var notification in page)
            {
                after = NotificationCursor.Of(notification);
                yield return notification;
            }
        }
        while (page.Count == pageSize);
    }
}
