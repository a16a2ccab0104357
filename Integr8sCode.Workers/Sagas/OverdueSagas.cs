using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Looks at sagas whose deadline has passed; needs neither a worker nor a message.</summary>
internal sealed class OverdueSagas(ISagaStore sagas, IExecutionStore executions, SagaReview review)
{
    public async Task ReviewAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var overdue in await sagas.FindOverdueAsync(now, Sweep.Batch, cancellationToken))
        {
            if (await executions.FindAsync(overdue.Id, cancellationToken) is { } execution)
            {
                await review.ReviewAsync(execution, cancellationToken);
            }
        }
    }
}
