using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>Forgets which events were handled once no broker can deliver them again.</summary>
internal sealed partial class InboxPruning(
    IInbox inbox, IOptions<SagaOptions> options, TimeProvider clock, ILogger<InboxPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await inbox.PruneAsync(clock.GetUtcNow() - options.Value.InboxRetention, stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogNotPruned(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not prune the inbox: the store is not available")]
    private partial void LogNotPruned(Exception exception);
}
