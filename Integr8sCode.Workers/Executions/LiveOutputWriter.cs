using System.Diagnostics;
using Integr8sCode.Sandboxing;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

/// <summary>
/// Shows what a run writes to those who watch it: at most four times a second, and not at all where the run is over before the first time,
/// so a short script pays nothing.
/// </summary>
internal sealed partial class LiveOutputWriter(IOutputStore outputs, Worker worker, ILogger<LiveOutputWriter> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly StoreOutage _outage = new(logger, "output is shown later");

    /// <summary>Goes on until <paramref name="ended"/>; what is written last comes with the result.</summary>
    /// <returns>Whether anything was shown, which the result makes superfluous.</returns>
    public async Task<bool> FollowAsync(ExecutionClaim claim, LiveOutput output, CancellationToken ended)
    {
        Activity.Current = null; // four spans a second would bury the execution's trace; it is put back when this method returns
        var cutter = new OutputCutter(claim.Id, claim.Attempt);
        while (await PauseAsync(ended))
        {
            await ShowAsync(cutter, output);
        }

        return cutter.HasCut;
    }

    /// <summary>Removes what the result has made superfluous.</summary>
    public async Task ClearAsync(Guid executionId)
    {
        try
        {
            await outputs.RemoveAsync(executionId, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            LogNotCleared(exception, executionId); // it goes by itself a day later
        }
    }

    private async Task<bool> PauseAsync(CancellationToken ended)
    {
        await Task.Delay(Interval, worker.Clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }

    private async Task ShowAsync(OutputCutter cutter, LiveOutput output)
    {
        var (stdout, stderr) = output.SoFar;
        if (cutter.Cut(stdout, stderr) is not { Count: > 0 } chunks)
        {
            return;
        }

        try
        {
            await outputs.AppendAsync(chunks, worker.Clock.GetUtcNow(), CancellationToken.None);
            cutter.Keep(chunks);
            _outage.IsOver();
        }
        catch (StoreUnavailableException exception)
        {
            _outage.Goes(exception);
        }
    }


    [LoggerMessage(LogLevel.Warning, "Chunks of execution {ExecutionId} stay until they expire: the store is not available")]
    private partial void LogNotCleared(Exception exception, Guid executionId);
}
