using Integr8sCode.Events;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>Forgets which events were handled once no broker can deliver them again.</summary>
internal sealed class InboxPruning(
    IInbox inbox, IOptions<SagaOptions> options, TimeProvider clock, ILogger<InboxPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly StoreOutage _outage = new(logger, "the inbox keeps what is old");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await inbox.PruneAsync(clock.GetUtcNow() - options.Value.InboxRetention, stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
