using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>
/// Executions whose message the broker has lost: their last event is sent once more, and the inboxes drop it where it was handled. One
/// that no message could move for too long ends.
/// </summary>
internal sealed partial class StalledExecutions(
    IExecutionStore executions, LastEvents lastEvents, SagaReview review, ILogger<StalledExecutions> logger)
{
    /// <param name="before">What made no progress since then is taken for stalled.</param>
    public async Task DriveAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var stalled in await executions.FindStalledAsync(before, Sweep.Batch, cancellationToken))
        {
            if (review.IsOverdue(stalled))
            {
                await review.ReviewAsync(stalled, cancellationToken);
            }
            else if (await lastEvents.PublishAsync(stalled, cancellationToken) is { } last)
            {
                LogRepublished(last.Type, stalled.Id);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Sent {EventType} of execution {ExecutionId} again: it made no progress")]
    private partial void LogRepublished(string eventType, Guid executionId);
}
