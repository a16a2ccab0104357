using Integr8sCode.Leases;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>Looks for executions that made no progress; one orchestrator at a time does it.</summary>
internal sealed class Sweeper(
    Sweep sweep, ILeaseStore leases, IOptions<SagaOptions> options, TimeProvider clock, ILogger<Sweeper> logger)
    : BackgroundService
{
    private const string LeaseName = "sweeper";

    private readonly StoreOutage _outage = new(logger, "nothing is swept");
    private readonly string _owner = Guid.CreateVersion7().ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = clock.GetUtcNow();
                if (await leases.TryAcquireAsync(LeaseName, _owner, now, 3 * options.Value.SweepInterval, stoppingToken))
                {
                    await sweep.RunAsync(now, stoppingToken);
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
