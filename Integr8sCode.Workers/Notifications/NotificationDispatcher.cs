using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Delivers side by side. When the process stops, what has begun is brought to its end.</summary>
internal sealed partial class NotificationDispatcher(
    DueNotifications due, NotificationDelivery delivery, IOptions<NotificationOptions> options, ILogger<NotificationDispatcher> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Concurrency).Select(_ => DeliverAsync(stoppingToken)));

    private async Task DeliverAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var next = await due.TakeAsync(stoppingToken);
            try
            {
                await delivery.DeliverAsync(next, CancellationToken.None);
            }
            catch (Exception exception)
            {
                LogFailed(exception, next.Id); // it is still due, or its lease expires
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Notification {NotificationId} was not dealt with; it will be tried again")]
    private partial void LogFailed(Exception exception, Guid notificationId);
}
