using System.Runtime.CompilerServices;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Transfers;

internal sealed class DeadLetterTransfer(IDeadLetterStore letters) : Transfer<TransferLine.Letter>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await letters.ListAsync(new(Limit: PageSize), cancellationToken); page is [.., var last];
            page = await letters.ListAsync(new(Before: last.Id, Limit: PageSize), cancellationToken))
        {
            foreach (var letter in page)
            {
                yield return new TransferLine.Letter(letter, letter.State);
            }
        }
    }

    protected override async Task<bool> ImportAsync(TransferLine.Letter line, CancellationToken cancellationToken)
    {
        var letter = line.DeadLetter with { State = line.State };
        return ReferenceEquals(await letters.AddAsync(letter, cancellationToken), letter);
    }
}
