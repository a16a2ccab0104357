using Integr8sCode.Events;
using Integr8sCode.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Executions;

/// <summary>
/// Drives every open execution again as soon as the broker has lost messages, instead of waiting until the sweep takes it for stalled.
/// Every process that publishes notices; one of them acts.
/// </summary>
internal sealed partial class ForgottenMessages(
    BrokerMemory broker, IExecutionStore executions, LastEvents lastEvents, ILeaseStore leases, ILogger<ForgottenMessages> logger)
    : BackgroundService
{
    /// <summary>The most that is sent at once; the sweep finds the rest.</summary>
    private const int Batch = 1000;
    private const string Lease = "forgotten-messages";

    /// <summary>About as long as the processes take to notice one after the other.</summary>
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);

    private readonly string _owner = Guid.CreateVersion7().ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await broker.WaitForLossAsync(stoppingToken);
            try
            {
                await DriveAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogLeft(exception);
            }
        }
    }

    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!await leases.TryAcquireAsync(Lease, _owner, now, LeaseDuration, cancellationToken))
        {
            return;
        }

        var open = await executions.FindStalledAsync(DateTimeOffset.MinValue, now, Batch, cancellationToken);
        foreach (var execution in open)
        {
            await lastEvents.PublishAsync(execution, cancellationToken);
        }

        LogDriven(open.Count);
    }

    [LoggerMessage(LogLevel.Information, "Sent the last event of {Count} open executions again: Kafka has lost messages")]
    private partial void LogDriven(int count);

    [LoggerMessage(LogLevel.Warning, "Left what Kafka has lost to the sweep: the store is not available")]
    private partial void LogLeft(Exception exception);
}
