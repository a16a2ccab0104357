using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Lets deferred executions in as soon as their user has room: after every end, and by the sweep where an end was missed.</summary>
internal sealed class WaitingExecutions(IExecutionStore executions, IEventStore events, Allocations allocations, ExecutionSaga saga)
{
    private const int UsersAtOnce = 200;

    /// <summary>Something of this user has ended: whose turn is it?</summary>
    public Task AdmitNextAsync(string userId, CancellationToken cancellationToken) =>
        allocations.IsUnlimited ? Task.CompletedTask : AdmitAsync(userId, cancellationToken);

    public async Task AdmitAllAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        do
        {
            var users = await executions.FindWaitingUsersAsync(last, UsersAtOnce, cancellationToken);
            foreach (var user in users)
            {
                await AdmitAsync(user, cancellationToken);
            }

            last = users.Count == UsersAtOnce ? users[^1] : null;
        }
        while (last is not null);
    }

    private async Task AdmitAsync(string userId, CancellationToken cancellationToken)
    {
        var allocation = await allocations.FindAsync(userId, cancellationToken);
        foreach (var (index, id) in allocation.Next.Index())
        {
            // One that is queued without being deferred has its first message still before it, and is not validated.
            if (await executions.FindAsync(id, cancellationToken) is { State.Deferred: true } deferred)
            {
                var context = await events.FindRequestContextAsync(id, cancellationToken);
                await saga.AdmitAsync(deferred, allocation.Held + index, context, cancellationToken);
            }
        }
    }
}
