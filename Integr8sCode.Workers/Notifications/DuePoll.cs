using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Brings up what is due: further attempts, what no message announced, and what a process that died had claimed.</summary>
internal sealed class DuePoll(
    INotificationStore notifications, DueNotifications due, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<DuePoll> logger)
    : BackgroundService
{
    private const int Batch = 200;

    private readonly StoreOutage _outage = new(logger, "due notifications wait");

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

                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
