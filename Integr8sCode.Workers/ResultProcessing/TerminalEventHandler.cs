using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.ResultProcessing;

/// <summary>
/// Completes the result of an execution that has ended: where its time went, as <c>result.stored</c>, after its user's notifications. So
/// the sweeper, which sends the end again until the result is stored, covers the notifications as well.
/// </summary>
internal sealed class TerminalEventHandler(IExecutionStore executions, ExecutionNotifications notifications, ExecutionJournal journal)
    : IEventHandler
{
    public bool Handles(string eventType) => EventTypes.IsTerminal(eventType);

    public bool HandlesReplays => true;

    public async Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        // A replayed end, or one that somebody else made up, tells nobody anything.
        if (await executions.FindAsync(message.ExecutionId, cancellationToken) is { State: { IsTerminal: true, ResultStoredAt: null } } execution)
        {
            await notifications.CreateAsync(execution, message, cancellationToken);
            await journal.ChangeAsync(execution, e => e.StoreResult(journal.Now), cancellationToken);
        }
    }
}
