using System.Runtime.CompilerServices;
using Integr8sCode.RateLimits;

namespace Integr8sCode.Transfers;

/// <summary>The rules, where an admin has changed them. Counters are not moved: they begin anew.</summary>
internal sealed class RateLimitTransfer(IRateLimitStore limits) : Transfer<TransferLine.Limits>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await limits.FindRulesAsync(cancellationToken) is { } rules)
        {
            yield return new TransferLine.Limits(rules);
        }
    }

    protected override Task<bool> ImportAsync(TransferLine.Limits line, CancellationToken cancellationToken) =>
        limits.SaveRulesAsync(line.Rules with { Version = 1 }, cancellationToken);
}
