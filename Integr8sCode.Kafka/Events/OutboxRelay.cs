using Integr8sCode.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>Sends what the broker never acknowledged: one process at a time, oldest first.</summary>
internal sealed partial class OutboxRelay(
    IEventStore store, ILeaseStore leases, EventPublisher publisher, OutboxMetrics metrics, TimeProvider clock, ILogger<OutboxRelay> logger)
    : BackgroundService
{
    private const string Lease = "outbox-relay";
    private const int Batch = 500;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _owner = Guid.CreateVersion7().ToString();
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await RelayAsync(stoppingToken), clock, stoppingToken);
        }
    }

    private async Task<TimeSpan> RelayAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (!await leases.TryAcquireAsync(Lease, _owner, now, LeaseDuration, cancellationToken))
            {
                metrics.Measured(backlog: null, now);
                return Interval;
            }

            var unpublished = await store.FindUnpublishedAsync(now - Patience, Batch, cancellationToken);
            foreach (var @event in unpublished)
            {
                publisher.Relay(@event);
            }

            metrics.Measured(await store.MeasureBacklogAsync(cancellationToken), now);
            _failing = false;
            return unpublished.Count == Batch ? BusyInterval : Interval;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                LogFailure(failure);
            }

            _failing = true;
            return Interval;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The outbox relay cannot read the store and keeps trying")]
    private partial void LogFailure(Exception failure);
}
