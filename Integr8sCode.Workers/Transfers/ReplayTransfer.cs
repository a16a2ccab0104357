using System.Runtime.CompilerServices;
using Integr8sCode.Replays;

namespace Integr8sCode.Transfers;

internal sealed class ReplayTransfer(IReplayStore replays) : Transfer<TransferLine.Session>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await replays.ListAsync(status: null, before: null, PageSize, cancellationToken); page is [.., var last];
            page = await replays.ListAsync(status: null, last.Id, PageSize, cancellationToken))
        {
            foreach (var session in page)
            {
                yield return new TransferLine.Session(session);
            }
        }
    }

    protected override Task<bool> ImportAsync(TransferLine.Session line, CancellationToken cancellationToken) =>
        replays.SaveAsync(line.Replay with { Version = 1 }, cancellationToken);
}
