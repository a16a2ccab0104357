using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>A task only rings the bell: the execution waits in the store until a slot is free.</summary>
internal sealed class ExecutionTaskHandler(Doorbell doorbell) : IEventHandler
{
    public bool Handles(string eventType) => Topics.Of(eventType) == Topics.ExecutionTasks;

    public Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        doorbell.Ring(message.ExecutionId, Telemetry.CurrentContext);
        return Task.CompletedTask;
    }
}
