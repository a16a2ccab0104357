using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Starts the saga of a requested execution, and ends it with the execution.</summary>
internal sealed class ExecutionSagaHandler(IExecutionStore executions, ExecutionAdoption adoption, ExecutionSaga saga) : IEventHandler
{
    public bool Handles(string eventType) => eventType == EventTypes.ExecutionRequested || EventTypes.IsTerminal(eventType);

    public async Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        if (message.Type == EventTypes.ExecutionRequested)
        {
            var execution = await executions.FindAsync(message.ExecutionId, cancellationToken)
                ?? await adoption.AdoptAsync(message, cancellationToken);
            await saga.StartAsync(execution, cancellationToken);
        }
        else
        {
            await saga.EndAsync(message, cancellationToken);
        }
    }
}
