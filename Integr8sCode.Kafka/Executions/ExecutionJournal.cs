using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>
/// The one way an execution changes: the move is durable first and published second. What is stored but not published, the relay
/// publishes later, so nothing that was accepted depends on the broker being there.
/// </summary>
public sealed class ExecutionJournal(IExecutionStore executions, EventPublisher publisher, ServiceName service, TimeProvider clock)
{
    /// <summary>Keeps a new execution and tells of it.</summary>
    /// <returns>The stored execution; an earlier one where the id or the user's idempotency key was known.</returns>
    public async Task<Execution> AcceptAsync(NewExecution accepted, CancellationToken cancellationToken)
    {
        var change = Execution.Accept(accepted, Now);
        var stored = await executions.AcceptAsync(change, cancellationToken);
        if (stored.Id == accepted.Id)
        {
            publisher.Publish(change.Event);
        }

        return stored;
    }

    /// <summary>Applies the move to the execution, and again to its newest state whenever somebody else was faster.</summary>
    /// <returns>The execution after the move; <see langword="null"/> where the move was refused.</returns>
    public async Task<Execution?> ChangeAsync(
        Execution execution, Func<Execution, ExecutionChange?> move, CancellationToken cancellationToken)
    {
        for (var current = execution; current is not null; current = await executions.FindAsync(execution.Id, cancellationToken))
        {
            if (move(current) is not { } change)
            {
                return null;
            }

            if (await executions.AppendAsync(change, cancellationToken))
            {
                publisher.Publish(change.Event);
                return change.Execution;
            }
        }

        return null;
    }

    /// <summary>This service, now, under the current span.</summary>
    public Origin Now => Origin.Now(service.Value, clock);

    /// <summary>This service, now, inside a trace whose span is not the current one.</summary>
    public Origin Under(ActivityContext context) => Origin.Under(context, service.Value, clock);
}
