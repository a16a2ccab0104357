using Integr8sCode.Executions;
using Integr8sCode.Settings;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>
/// How many executions a user may have scheduled and running at once. Nothing is counted but the executions themselves, so an allocation
/// is released by whatever ends its execution and can never leak.
/// </summary>
internal sealed class Allocations(IExecutionStore executions, IOptions<SagaOptions> options, CurrentSettings settings)
{
    /// <summary>So many where there is no cap that it makes no difference.</summary>
    public int Cap => IsUnlimited ? int.MaxValue : Chosen;

    public bool IsUnlimited => Chosen == 0;

    private int Chosen => settings.Value.RunningCap ?? options.Value.RunningCap;

    /// <returns>How many of its user's executions go before this one; <see langword="null"/> where it has to wait.</returns>
    public async Task<int?> FindTurnAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (IsUnlimited)
        {
            return 0;
        }

        var allocation = await FindAsync(execution.UserId, cancellationToken);
        var before = allocation.Next.TakeWhile(id => id != execution.Id).Count();

        return before < allocation.Next.Count ? allocation.Held + before : null;
    }

    public Task<Allocation> FindAsync(string userId, CancellationToken cancellationToken) =>
        executions.FindAllocationAsync(userId, Cap, cancellationToken);
}
