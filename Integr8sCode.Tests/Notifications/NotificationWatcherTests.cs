using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Integr8sCode.Streaming;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

public sealed class NotificationWatcherTests : StoreTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly NotificationWatcher _watcher;

    public NotificationWatcherTests() : base(new SqliteTestStores()) => _watcher = new(
        Stores.Get<INotificationStore>(), Options.Create(new StreamOptions { PollInterval = TimeSpan.FromMilliseconds(20) }),
        TimeProvider.System, NullLogger<NotificationWatcher>.Instance);

    [Fact]
    public async Task What_comes_to_light_late_is_told_and_nothing_twice()
    {
        await _watcher.StartAsync(Cancellation);
        using var reader = _watcher.Open("alice");
        await using var told = reader.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        // Each is kept when the one before is told, so all but the first lie behind the newest.
        foreach (var age in (double[])[0, 1, 3, 2])
        {
            var kept = Samples.Of(TimeProvider.System.GetUtcNow().AddSeconds(-age), NotificationChannel.InApp);
            await Stores.Get<INotificationStore>().AddAsync([kept], Cancellation);

            Assert.True(await told.MoveNextAsync().AsTask().WaitAsync(Limit, Cancellation));
            Assert.Equal(kept.Id, told.Current.Notification.Id);
        }
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_told_no_more()
    {
        using var reader = _watcher.Open("alice");
        var news = new NotificationNews(Samples.Of(Noon, NotificationChannel.InApp));
        for (var i = 0; i < 1000; i++)
        {
            reader.Tell(news);
        }

        Assert.Equal(100, await reader.ReadAsync(Cancellation).CountAsync(Cancellation)); // and it ends
    }

    public override async ValueTask DisposeAsync()
    {
        await _watcher.StopAsync(CancellationToken.None);
        _watcher.Dispose();
        await base.DisposeAsync();
    }
}
