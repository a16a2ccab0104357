namespace Integr8sCode.Executions;

/// <summary>Why a run is stopped from outside.</summary>
internal enum StopReason { None, Cancelled, LeaseLost, Shutdown }

/// <summary>A run of this process, and the way to stop it.</summary>
internal sealed class RunningExecution(ExecutionClaim claim) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _reason;

    public ExecutionClaim Claim => claim;

    public CancellationToken Stopped => _stop.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>Kills the run; the first reason counts.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
        {
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }

    public void Dispose() => _stop.Dispose();
}
