using Integr8sCode.Storage;
using Integr8sCode.Streaming;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>
/// Tells this process's readers what their users are notified of. The store is the truth and is asked for all of them in one question, so
/// any replica serves any reader, and a thousand readers cost the store what one does.
/// </summary>
internal sealed class NotificationWatcher(
    INotificationStore store, IOptions<StreamOptions> options, TimeProvider clock, ILogger<NotificationWatcher> logger) : BackgroundService
{
    /// <summary>How much later than its time says a notification may come to light: clocks differ, and keeping it takes a moment.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>How often all of the overlap is read again; between, only what is newer than the newest that is known.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(1);

    private const int PageSize = 500;

    private readonly Lock _lock = new();
    private readonly StoreOutage _outage = new(logger, "streams of notifications stand still");
    private readonly Dictionary<string, List<NotificationReader>> _readers = [];
    private readonly Dictionary<Guid, DateTimeOffset> _told = [];

    /// <summary>All that was kept before is told; <see langword="null"/> while nobody reads.</summary>
    private DateTimeOffset? _settled;
    private DateTimeOffset _lookBackAt;
    private NotificationCursor _newest;

    /// <returns>Told whatever comes to light from now on, until it is disposed.</returns>
    public NotificationReader Open(string userId)
    {
        var reader = new NotificationReader(userId, Leave);
        lock (_lock)
        {
            if (!_readers.TryGetValue(userId, out var readers))
            {
                _readers[userId] = readers = [];
            }

            readers.Add(reader);
        }

        return reader;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (ListUsers() is not { Length: > 0 } users)
        {
            _settled = null;
            return;
        }

        if (_settled is null)
        {
            (_settled, _lookBackAt) = (now - Overlap, now);
        }

        var looksBack = now >= _lookBackAt || _newest.CreatedAt < _settled;
        await TellSinceAsync(looksBack ? new(_settled.Value, Guid.Empty) : _newest, users, cancellationToken);
        if (looksBack)
        {
            Settle(now);
        }
    }

    private async Task TellSinceAsync(NotificationCursor after, string[] users, CancellationToken cancellationToken)
    {
        await foreach (var notification in store.ListAllSinceAsync(after, users, PageSize, cancellationToken))
        {
            if (_told.TryAdd(notification.Id, notification.CreatedAt))
            {
                Tell(notification);
            }

            _newest = NotificationCursor.Of(notification);
        }
    }

    // Not before the store has answered: the next look goes back as far, however long it is away.
    private void Settle(DateTimeOffset now)
    {
        (_settled, _lookBackAt) = (now - Overlap, now + LookBack);
        foreach (var (id, keptAt) in _told)
        {
            if (keptAt < _settled)
            {
                _told.Remove(id);
            }
        }
    }

    private void Tell(Notification notification)
    {
        var news = new NotificationNews(notification);
        lock (_lock)
        {
            foreach (var reader in _readers.GetValueOrDefault(notification.UserId, []))
            {
                reader.Tell(news);
            }
        }
    }

    private string[] ListUsers()
    {
        lock (_lock)
        {
            return [.. _readers.Keys];
        }
    }

    private void Leave(NotificationReader reader)
    {
        lock (_lock)
        {
            var readers = _readers[reader.UserId];
            readers.Remove(reader);
            if (readers.Count == 0)
            {
                _readers.Remove(reader.UserId);
            }
        }
    }
}
