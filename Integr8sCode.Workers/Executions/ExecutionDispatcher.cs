using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>Brings free slots and waiting executions together.</summary>
internal sealed partial class ExecutionDispatcher(
    SandboxPool pool, ExecutionClaims claims, RunningExecutions runs, ExecutionRunner runner, ILogger<ExecutionDispatcher> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A worker whose sandbox refuses to serve claims nothing; its health says why.
        await pool.Ready.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!pool.Ready.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            while (true)
            {
                await DispatchAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await runs.DrainAsync();
        }
    }

    private async Task DispatchAsync(CancellationToken stoppingToken)
    {
        var slot = await pool.RentAsync(stoppingToken);
        try
        {
            var claim = await claims.NextAsync(stoppingToken);
            runs.Start(new(claim), run => runner.RunAsync(run, slot));
        }
        catch (Exception exception)
        {
            await slot.DisposeAsync();
            stoppingToken.ThrowIfCancellationRequested();
            LogNoWork(exception);
            await claims.PauseAsync(stoppingToken);
        }
    }

    // Also what cannot be read: a worker that ended here would end again at its next start, with the same execution at the head.
    [LoggerMessage(LogLevel.Error, "Could not look for work; trying again")]
    private partial void LogNoWork(Exception exception);
}
