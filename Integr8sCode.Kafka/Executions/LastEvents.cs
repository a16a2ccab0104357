using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>
/// Sends an execution's last event once more, for whoever waits for a message that the broker has lost; the inboxes drop it where it was handled.
/// </summary>
public sealed class LastEvents(IEventStore events, EventPublisher publisher)
{
    /// <returns>The event; <see langword="null"/> where the execution has none.</returns>
    public async Task<Event?> PublishAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (await events.ListAsync(execution.Id, cancellationToken) is not [.., var last])
        {
            return null;
        }

        publisher.Publish(last);
        return last;
    }
}
