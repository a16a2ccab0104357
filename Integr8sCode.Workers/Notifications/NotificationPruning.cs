using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Forgets notifications that are too old, or too many for one user.</summary>
internal sealed partial class NotificationPruning(
    INotificationStore notifications, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<NotificationPruning> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await notifications.PruneAsync(clock.GetUtcNow() - options.Value.Retention, options.Value.MaxPerUser, stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogNotPruned(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not prune notifications: the store is not available")]
    private partial void LogNotPruned(Exception exception);
}
