using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>Looks for due letters, again and again.</summary>
internal sealed partial class DeadLetterLoop(
    DueLetters due, IOptions<DeadLetterOptions> options, TimeProvider clock, ILogger<DeadLetterLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await due.TakeAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogSkipped(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Looked for no due dead letters: the store is not available")]
    private partial void LogSkipped(Exception exception);
}
