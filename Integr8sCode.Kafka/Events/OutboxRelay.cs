using Integr8sCode.Leases;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Events;

/// <summary>Sends what the broker never acknowledged: one process at a time, oldest first.</summary>
internal sealed class OutboxRelay(Outbox outbox, ILeaseStore leases, EventPublisher publisher, TimeProvider clock, BrokerLog log)
    : BackgroundService
{
    private const string Lease = "outbox-relay";
    private const int Batch = 500;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _owner = Guid.CreateVersion7().ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await RelayAsync(stoppingToken), clock, stoppingToken);
        }
    }

    /// <returns>When to look again.</returns>
    private async Task<TimeSpan> RelayAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await leases.TryAcquireAsync(Lease, _owner, clock.GetUtcNow(), LeaseDuration, cancellationToken))
            {
                outbox.LeaveToOthers();
                return Interval;
            }

            var lost = await outbox.FindLostAsync(Batch, cancellationToken);
            var goesOn = false;
            foreach (var @event in lost)
            {
                goesOn |= publisher.Publish(@event);
            }

            await outbox.MeasureAsync(cancellationToken);
            return lost.Count == Batch && goesOn ? BusyInterval : Interval; // the same batch once more would change nothing
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.RelayFails(failure);
            return Interval;
        }
    }
}
