using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Brings up what is due: further attempts, what no message announced, and what a process that died had claimed.</summary>
internal sealed partial class DuePoll(
    INotificationStore notifications, DueNotifications due, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<DuePoll> logger)
    : BackgroundService
{
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var notification in await notifications.FindDueAsync(clock.GetUtcNow(), Batch, stoppingToken))
                {
                    await due.AddAsync(notification.Id, stoppingToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                LogNotPolled(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for due notifications: the store is not available")]
    private partial void LogNotPolled(Exception exception);
}
