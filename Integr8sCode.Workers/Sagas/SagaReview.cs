using Integr8sCode.Events;
using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>What becomes of a saga at its deadline: its execution ended unnoticed, or has waited for too long and ends now, or goes on.</summary>
internal sealed class SagaReview(
    IEventStore events, ExecutionJournal journal, SagaProgress progress, SagaEnd end, IOptions<SagaOptions> options)
{
    private TimeSpan Patience => options.Value.QueueTimeout;

    /// <summary>True where the execution has not ended and nobody has run it for too long.</summary>
    public bool IsOverdue(Execution execution) => execution.IsOverdue(Patience, journal.Now.Time);

    public async Task ReviewAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (!execution.State.IsTerminal && !IsOverdue(execution))
        {
            await progress.ReachAsync(execution, SagaProgress.ReachedBy(execution), cancellationToken);
            return;
        }

        var context = await events.FindLastContextAsync(execution.Id, cancellationToken);
        using var step = SagaSpan.Resume(execution.Id, SagaStep.AwaitOutcome, context);
        var ended = execution.State.IsTerminal
            ? execution
            : await journal.ChangeAsync(execution, e => e.Expire(Patience, journal.Now), cancellationToken);
        if (ended is not null)
        {
            await end.EndAsync(ended, cancellationToken);
        }
    }
}
