using System.Runtime.CompilerServices;
using Integr8sCode.Streaming;

namespace Integr8sCode.Notifications;

/// <summary>A user's in-app notifications as they are kept: first how many are unread, then each one. Who comes back gets what was missed.</summary>
internal sealed class NotificationStream(INotificationStore store, NotificationWatcher watcher, TimeProvider clock)
{
    private const int PageSize = 100;

    /// <summary>Nothing older than this comes to light any more.</summary>
    private DateTimeOffset Settled => clock.GetUtcNow() - NotificationWatcher.Overlap;

    /// <param name="cursor">Where an earlier stream of the user ended; <see langword="null"/> begins with now.</param>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        string userId, NotificationStreamCursor? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the store is asked, so that nothing falls between what is there and what comes.
        using var reader = watcher.Open(userId);
        if (cursor is null)
        {
            cursor = await BeginAsync(userId, cancellationToken);
            var unread = new UnreadCount(await store.CountUnreadAsync(userId, cancellationToken));
            yield return StreamItem.Of("state", cursor.ToString(), unread, ApiJson.Default.UnreadCount);
        }

        await foreach (var news in ReadAsync(userId, cursor.Place, reader, cancellationToken))
        {
            if (!cursor.Has(NotificationCursor.Of(news.Notification)))
            {
                (var item, cursor) = news.After(cursor, Settled);
                yield return item;
            }
        }
    }

    private async Task<NotificationStreamCursor> BeginAsync(string userId, CancellationToken cancellationToken)
    {
        var cursor = NotificationStreamCursor.At(Settled);
        await foreach (var notification in ListSinceAsync(userId, cursor.Place, cancellationToken))
        {
            cursor = cursor.With(NotificationCursor.Of(notification), Settled);
        }

        return cursor;
    }

    private async IAsyncEnumerable<NotificationNews> ReadAsync(
        string userId, NotificationCursor after, NotificationReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var kept in ListSinceAsync(userId, after, cancellationToken))
        {
            yield return new(kept);
        }

        await foreach (var news in reader.ReadAsync(cancellationToken))
        {
            if (news.Notification.Channel is NotificationChannel.InApp)
            {
                yield return news;
            }
        }
    }

    private IAsyncEnumerable<Notification> ListSinceAsync(string userId, NotificationCursor after, CancellationToken cancellationToken) =>
        store.ListAllSinceAsync(after, [userId], PageSize, cancellationToken).Where(notification => notification.Channel is NotificationChannel.InApp);
}
