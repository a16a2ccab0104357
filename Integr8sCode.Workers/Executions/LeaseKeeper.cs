using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

/// <summary>Renews this worker's leases, and stops the runs whose lease is gone or whose owner cancelled them.</summary>
internal sealed class LeaseKeeper(
    IExecutionStore executions, RunningExecutions runs, Worker worker, ILogger<LeaseKeeper> logger) : BackgroundService
{
    private readonly StoreOutage _outage = new(logger, "leases are not renewed");

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
                var running = runs.List();
                if (now >= renewAt)
                {
                    await executions.RenewLeasesAsync(
                        worker.Id, [.. running.Select(run => run.Claim.Id)], now + worker.Options.Lease, stoppingToken);
                    renewAt = now + (worker.Options.Lease / 3);
                }

                RunningExecutions.Reconcile(running, await executions.FindHeldAsync(worker.Id, stoppingToken));
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
