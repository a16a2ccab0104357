using Integr8sCode.Streaming;

namespace Integr8sCode.Notifications;

/// <summary>A notification on its way to the readers of its user. Those who have had the same get the same item, made once.</summary>
internal sealed class NotificationNews(Notification notification)
{
    private Made? _last;

    public Notification Notification => notification;

    /// <param name="settled">Nothing older than this comes to light any more.</param>
    public (StreamItem Item, NotificationStreamCursor After) After(NotificationStreamCursor cursor, DateTimeOffset settled)
    {
        var made = _last;
        if (made?.Before.Equals(cursor) is not true)
        {
            var after = cursor.With(NotificationCursor.Of(notification), settled);
            made = new(cursor, after, StreamItem.Of("notification", after.ToString(), NotificationView.Of(notification), ApiJson.Default.NotificationView));
            _last = made;
        }

        return (made.Item, made.After);
    }

    private sealed record Made(NotificationStreamCursor Before, NotificationStreamCursor After, StreamItem Item);
}
