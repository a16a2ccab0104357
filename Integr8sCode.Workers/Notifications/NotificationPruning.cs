using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Forgets notifications that are too old, or too many for one user.</summary>
internal sealed class NotificationPruning(
    INotificationStore notifications, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<NotificationPruning> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly StoreOutage _outage = new(logger, "old notifications stay");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await notifications.PruneAsync(clock.GetUtcNow() - options.Value.Retention, options.Value.MaxPerUser, stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
