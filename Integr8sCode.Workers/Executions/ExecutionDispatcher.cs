using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>Brings free slots and waiting executions together.</summary>
internal sealed partial class ExecutionDispatcher(
    SandboxPool pool, ExecutionClaims claims, RunningExecutions runs, ExecutionRunner runner, Worker worker,
    ILogger<ExecutionDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

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
            await runs.DrainAsync(worker.Options.ShutdownGrace, worker.Clock);
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
        catch (StoreUnavailableException exception)
        {
            await slot.DisposeAsync();
            LogNoStore(exception);
            await Task.Delay(StorePause, worker.Clock, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await slot.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot look for work: the store is not available")]
    private partial void LogNoStore(Exception exception);
}
