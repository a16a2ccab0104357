using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integr8sCode.Streaming;

namespace Integr8sCode.Notifications;

/// <summary>A user's in-app notifications as they are kept: first how many are unread, then each one. Who comes back gets what was missed.</summary>
internal sealed class NotificationStream(INotificationStore store, NotificationWatcher watcher, TimeProvider clock)
{
    private const int PageSize = 100;

    /// <param name="cursor">Where an earlier stream of the user ended; <see langword="null"/> begins with now.</param>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        string userId, NotificationStreamCursor? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the store is asked, so that nothing falls between what is there and what comes.
        using var reader = watcher.Open(userId);
        if (cursor is null)
        {
            cursor = await BeginAsync(userId, cancellationToken);
            yield return ItemOf("state", cursor, new(await store.CountUnreadAsync(userId, cancellationToken)), ApiJson.Default.UnreadCount);
        }

        await foreach (var notification in ReadAsync(userId, cursor.Place, reader, cancellationToken))
        {
            if (!cursor.Has(NotificationCursor.Of(notification)))
            {
                cursor = After(cursor, notification);
                yield return ItemOf("notification", cursor, NotificationView.Of(notification), ApiJson.Default.NotificationView);
            }
        }
    }

    private async Task<NotificationStreamCursor> BeginAsync(string userId, CancellationToken cancellationToken)
    {
        var cursor = NotificationStreamCursor.At(clock.GetUtcNow() - NotificationWatcher.Overlap);
        await foreach (var notification in ListSinceAsync(userId, cursor.Place, cancellationToken))
        {
            cursor = After(cursor, notification);
        }

        return cursor;
    }

    private async IAsyncEnumerable<Notification> ReadAsync(
        string userId, NotificationCursor after, NotificationReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var kept in ListSinceAsync(userId, after, cancellationToken))
        {
            yield return kept;
        }

        await foreach (var news in reader.ReadAsync(cancellationToken))
        {
            if (news.Channel is NotificationChannel.InApp)
            {
                yield return news;
            }
        }
    }

    private IAsyncEnumerable<Notification> ListSinceAsync(string userId, NotificationCursor after, CancellationToken cancellationToken) =>
        store.ListAllSinceAsync(after, [userId], PageSize, cancellationToken).Where(notification => notification.Channel is NotificationChannel.InApp);

    private NotificationStreamCursor After(NotificationStreamCursor cursor, Notification notification) =>
        cursor.With(NotificationCursor.Of(notification), clock.GetUtcNow() - NotificationWatcher.Overlap);

    private static StreamItem ItemOf<T>(string name, NotificationStreamCursor cursor, T data, JsonTypeInfo<T> type) =>
        new(name, cursor.ToString(), JsonSerializer.SerializeToUtf8Bytes(data, type));
}
