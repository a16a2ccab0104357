using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Starts the saga of a requested execution, and ends it with the execution.</summary>
internal sealed class ExecutionSagaHandler(
    IExecutionStore executions, ExecutionAdoption adoption, ExecutionSaga saga, SagaEnd end) : IEventHandler
{
    public bool Handles(string eventType) => eventType == EventTypes.ExecutionRequested || EventTypes.IsTerminal(eventType);

    public async Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        var execution = await executions.FindAsync(message.ExecutionId, cancellationToken);
        if (message.Type == EventTypes.ExecutionRequested)
        {
            await saga.StartAsync(execution ?? await adoption.AdoptAsync(message, cancellationToken), cancellationToken);
        }
        else if (execution is { State.IsTerminal: true }) // the store decides what has ended, not the message
        {
            using var step = SagaSpan.Start(execution.Id, SagaStep.AwaitOutcome);
            step?.SetTag(SpanAttributes.EventType, message.Type);
            await end.EndAsync(execution, cancellationToken);
        }
    }
}
