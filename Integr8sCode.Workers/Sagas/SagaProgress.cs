using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>
/// Keeps each saga's row level with what its execution has come to. The steps' effects are the execution's events, which are durable
/// before the row is written, so a row that a crash left behind is brought level by the next who looks.
/// </summary>
internal sealed class SagaProgress(ISagaStore sagas, IOptions<SagaOptions> options, TimeProvider clock)
{
    /// <summary>Notes the step that is under way now, and when it must be looked at if nothing happens.</summary>
    public async Task ReachAsync(Execution execution, SagaStep step, CancellationToken cancellationToken)
    {
        var started = Saga.Start(execution.Id, execution.UserId, step, DeadlineOf(execution), Now);
        if (!await sagas.SaveAsync(started, cancellationToken))
        {
            await ChangeAsync(execution, saga => saga.Reach(step, DeadlineOf(execution), Now), cancellationToken);
        }
    }

    public Task<Saga> CompensateAsync(Execution execution, CancellationToken cancellationToken) =>
        ChangeAsync(execution, saga => saga.Compensate(ReachedBy(execution), DeadlineOf(execution), Now), cancellationToken);

    public Task<Saga> EndAsync(Execution execution, SagaStatus status, CancellationToken cancellationToken) =>
        ChangeAsync(execution, saga => saga.End(status, Now), cancellationToken);

    /// <summary>The step that an execution shows to be under way.</summary>
    public static SagaStep ReachedBy(Execution execution) => execution.State switch
    {
        { ScheduledAt: not null } => SagaStep.AwaitOutcome,
        { Deferred: true } => SagaStep.Allocate,
        _ => SagaStep.Validate,
    };

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Applies the move to the stored saga, and again whenever somebody else saved first.</summary>
    /// <returns>The saga as it is stored then.</returns>
    private async Task<Saga> ChangeAsync(Execution execution, Func<Saga, Saga?> move, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await sagas.FindAsync(execution.Id, cancellationToken) is not { } stored)
            {
                var started = Saga.Start(execution.Id, execution.UserId, ReachedBy(execution), DeadlineOf(execution), Now);
                await sagas.SaveAsync(started, cancellationToken);
            }
            else if (move(stored) is not { } moved)
            {
                return stored;
            }
            else if (await sagas.SaveAsync(moved, cancellationToken))
            {
                return moved;
            }
        }
    }

    // Also one whose outcome nobody reported is looked at again, and in time for the end of its patience, or at once when that has passed.
    private DateTimeOffset DeadlineOf(Execution execution)
    {
        var review = Now + options.Value.OutcomeTimeout;
        return execution.WaitsUntil(options.Value.QueueTimeout) is { } patience && patience < review ? patience : review;
    }
}
