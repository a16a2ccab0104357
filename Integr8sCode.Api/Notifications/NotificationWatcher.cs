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

    private const int PageSize = 500;

    private readonly Lock _lock = new();
    private readonly StoreOutage _outage = new(logger, "streams of notifications stand still");
    private readonly Dictionary<string, List<NotificationReader>> _readers = [];
    private HashSet<Guid> _told = [];
    private DateTimeOffset? _from;

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
            _from = null;
            return;
        }

        // Without an answer the next question begins no later, however long the store is away.
        _from ??= now - Overlap;
        var found = await store.ListAllSinceAsync(new(_from.Value, Guid.Empty), users, PageSize, cancellationToken).ToListAsync(cancellationToken);
        foreach (var notification in found.Where(notification => !_told.Contains(notification.Id)))
        {
            Tell(notification);
        }

        _told = [.. found.Select(notification => notification.Id)];
        _from = now - Overlap;
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
