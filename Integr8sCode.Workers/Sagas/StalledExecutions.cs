using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>
/// Executions whose message the broker has lost: their last event is sent once more, and the inboxes drop it where it was handled. One
/// that no message could move for too long ends.
/// </summary>
internal sealed partial class StalledExecutions(
    IExecutionStore executions, LastEvents lastEvents, SagaReview review, IOptions<SagaOptions> options, ILogger<StalledExecutions> logger)
{
    private readonly StalledRounds _rounds = new(options.Value.StallTimeout);

    public async Task DriveAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (after, before) = (_rounds.Continue(now), now - options.Value.StallTimeout);
        foreach (var stalled in await executions.FindStalledAsync(after, before, Sweep.Batch, cancellationToken))
        {
            await DriveAsync(stalled, cancellationToken);
            _rounds.Drove(stalled.State.DueAt!.Value);
        }
    }

    private async Task DriveAsync(Execution stalled, CancellationToken cancellationToken)
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

    [LoggerMessage(LogLevel.Information, "Sent {EventType} of execution {ExecutionId} again: it made no progress")]
    private partial void LogRepublished(string eventType, Guid executionId);
}
