using System.Runtime.CompilerServices;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Transfers;

internal sealed class RetryPolicyTransfer(IRetryPolicyStore policies) : Transfer<TransferLine.Policy>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var policy in await policies.ListAsync(cancellationToken))
        {
            yield return new TransferLine.Policy(policy);
        }
    }

    protected override Task<bool> ImportAsync(TransferLine.Policy line, CancellationToken cancellationToken) =>
        policies.SaveAsync(line.RetryPolicy with { Version = 1 }, cancellationToken);
}
