using System.Diagnostics;

namespace Integr8sCode.Executions;

/// <summary>An execution this worker may run: its lease is held under the attempt it stands at.</summary>
/// <param name="Context">Span that the run continues: the consumed task, or what was stored with the event.</param>
/// <param name="ClaimedAt">When the claim began.</param>
internal sealed record ExecutionClaim(Execution Execution, ActivityContext Context, DateTimeOffset ClaimedAt)
{
    public Guid Id => Execution.Id;

    public int Attempt => Execution.State.Attempts;
}
