using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>Looks for due letters, again and again.</summary>
internal sealed class DeadLetterLoop(
    DueLetters due, IOptions<DeadLetterOptions> options, TimeProvider clock, ILogger<DeadLetterLoop> logger) : BackgroundService
{
    private readonly StoreOutage _outage = new(logger, "due dead letters wait");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await due.TakeAsync(stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
