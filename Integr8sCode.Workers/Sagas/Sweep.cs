namespace Integr8sCode.Sagas;

/// <summary>Drives again, from the store alone, whatever stands still: nothing depends on a message that may be lost.</summary>
internal sealed class Sweep(StalledExecutions stalled, LostWorkers lost, WaitingExecutions waiting, OverdueSagas overdue)
{
    /// <summary>The most that one sweep takes on of each kind; the next one goes on.</summary>
    public const int Batch = 200;

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await stalled.DriveAsync(now, cancellationToken);
        await lost.EndAsync(now, cancellationToken);
        await overdue.ReviewAsync(now, cancellationToken);
        await waiting.AdmitAllAsync(cancellationToken);
    }
}
