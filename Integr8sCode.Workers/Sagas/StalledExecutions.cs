using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>
/// Drives executions again from the event store: the broker lost their message, their workers died once too often, or their saga
/// missed the end.
/// </summary>
internal sealed partial class StalledExecutions(
    IExecutionStore executions, IEventStore events, ISagaStore sagas, ExecutionSaga saga, ExecutionJournal journal,
    EventPublisher publisher, ILogger<StalledExecutions> logger)
{
    private const int Batch = 200;

    /// <param name="stalledBefore">What made no progress since then is taken for stalled.</param>
    public async Task DriveAsync(DateTimeOffset now, DateTimeOffset stalledBefore, CancellationToken cancellationToken)
    {
        foreach (var stalled in await executions.FindStalledAsync(stalledBefore, Batch, cancellationToken))
        {
            await RepublishAsync(stalled, cancellationToken);
        }

        foreach (var expired in await executions.FindExpiredAsync(now, Batch, cancellationToken))
        {
            await LoseWorkerAsync(expired, cancellationToken);
        }

        foreach (var overdue in await sagas.FindOverdueAsync(now, Batch, cancellationToken))
        {
            await saga.ReviewAsync(overdue, await executions.FindAsync(overdue.Id, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Sends the last event once more: the inboxes drop it where it was handled after all.</summary>
    private async Task RepublishAsync(Execution stalled, CancellationToken cancellationToken)
    {
        if (await events.ListAsync(stalled.Id, cancellationToken) is [.., var last])
        {
            LogRepublished(last.Type, stalled.Id);
            publisher.Relay(last);
        }
    }

    private async Task LoseWorkerAsync(Execution expired, CancellationToken cancellationToken)
    {
        var context = await events.ListAsync(expired.Id, cancellationToken) is [.., var last] ? last.TraceContext : default;
        if (await journal.ChangeAsync(expired, e => e.LoseWorker(journal.Under(context)), cancellationToken) is not null)
        {
            LogWorkerLost(expired.Id);
        }
    }

    [LoggerMessage(LogLevel.Information, "Sent {EventType} of execution {ExecutionId} again: it made no progress")]
    private partial void LogRepublished(string eventType, Guid executionId);

    [LoggerMessage(LogLevel.Warning, "Execution {ExecutionId} failed: its workers were lost")]
    private partial void LogWorkerLost(Guid executionId);
}
