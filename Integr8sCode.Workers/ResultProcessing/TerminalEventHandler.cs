using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.ResultProcessing;

/// <summary>Completes the result of an execution that has ended: where its time went, as <c>result.stored</c>.</summary>
internal sealed class TerminalEventHandler(IExecutionStore executions, ExecutionJournal journal) : IEventHandler
{
    public bool Handles(string eventType) => EventTypes.IsTerminal(eventType);

    public bool HandlesReplays => true;

    public async Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        if (await executions.FindAsync(message.ExecutionId, cancellationToken) is { } execution)
        {
            await journal.ChangeAsync(execution, e => e.StoreResult(journal.Now), cancellationToken);
        }
    }
}
