using Integr8sCode.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Settings;

/// <summary>Asks the store every two seconds. Without it this process goes on with the settings it knows.</summary>
internal sealed class SettingsReading(
    ISettingsStore store, CurrentSettings current, TimeProvider clock, ILogger<SettingsReading> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly StoreOutage _outage = new(logger, "the settings are those known last");

    // Before the process serves anybody.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ReadAsync(stoppingToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            current.Show(await store.FindAsync(cancellationToken) ?? PlatformSettings.Default);
            _outage.IsOver();
        }
        catch (StoreUnavailableException exception)
        {
            _outage.Goes(exception);
        }
    }
}
