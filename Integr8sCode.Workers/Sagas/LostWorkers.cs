using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Ends executions whose workers died once too often, or died while they were to be cancelled.</summary>
internal sealed partial class LostWorkers(
    IExecutionStore executions, IEventStore events, ExecutionJournal journal, ILogger<LostWorkers> logger)
{
    public async Task EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var expired in await executions.FindExpiredAsync(now, Sweep.Batch, cancellationToken))
        {
            var context = await events.FindLastContextAsync(expired.Id, cancellationToken);
            if (await journal.ChangeAsync(expired, e => e.LoseWorker(journal.Under(context)), cancellationToken) is { } ended)
            {
                LogWorkerLost(expired.Id, ended.State.Status);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Execution {ExecutionId} ended as {Status}: its workers were lost")]
    private partial void LogWorkerLost(Guid executionId, ExecutionStatus status);
}
