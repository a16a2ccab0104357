using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>
/// What follows the outcome. Every end makes room for the user's next execution; one that is no success is compensated, and its saga says
/// so. All of it is harmless when repeated, so a crash in between costs nothing.
/// </summary>
internal sealed class SagaEnd(SagaProgress progress, WaitingExecutions waiting)
{
    public async Task EndAsync(Execution ended, CancellationToken cancellationToken)
    {
        var status = StatusAfter(ended.State.Status);
        if (status is SagaStatus.Completed)
        {
            await waiting.AdmitNextAsync(ended.UserId, cancellationToken);
        }
        else
        {
            await CompensateAsync(ended, cancellationToken);
        }

        await progress.EndAsync(ended, status, cancellationToken);
    }

    /// <summary>Gives the allocation back: an ended execution counts no longer, so what is left to do is to let the next one in.</summary>
    private async Task CompensateAsync(Execution ended, CancellationToken cancellationToken)
    {
        var saga = await progress.CompensateAsync(ended, cancellationToken);
        using var step = saga.Step >= SagaStep.Allocate ? SagaSpan.Start(ended.Id, SagaStep.Allocate, isCompensating: true) : null;
        await waiting.AdmitNextAsync(ended.UserId, cancellationToken);
    }

    private static SagaStatus StatusAfter(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Completed => SagaStatus.Completed,
        ExecutionStatus.Cancelled => SagaStatus.Cancelled,
        ExecutionStatus.Timeout => SagaStatus.Timeout,
        _ => SagaStatus.Failed,
    };
}
