namespace Integr8sCode.Executions;

/// <summary>Renews this worker's leases, and stops the runs whose lease is gone or whose owner cancelled them.</summary>
internal sealed partial class LeaseKeeper(
    IExecutionStore executions, RunningExecutions runs, Worker worker, ILogger<LeaseKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var renewAt = worker.Clock.GetUtcNow();
        using var timer = new PeriodicTimer(worker.Options.CancelPoll, worker.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (runs.Count == 0)
            {
                continue;
            }

            try
            {
                var now = worker.Clock.GetUtcNow();
                if (now >= renewAt)
                {
                    await executions.RenewLeasesAsync(worker.Id, now + worker.Options.Lease, stoppingToken);
                    renewAt = now + (worker.Options.Lease / 3);
                }

                var running = runs.List();
                RunningExecutions.Reconcile(running, await executions.FindHeldAsync(worker.Id, stoppingToken));
            }
            catch (StoreUnavailableException exception)
            {
                LogNotRenewed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not renew leases: the store is not available")]
    private partial void LogNotRenewed(Exception exception);
}
