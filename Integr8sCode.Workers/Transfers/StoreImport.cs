using System.Text.Json;

namespace Integr8sCode.Transfers;

/// <summary>
/// Brings the lines of an export in. What is there already is left as it is, so a run that was interrupted is run again, and the same
/// export comes in once however often it is read.
/// </summary>
internal sealed class StoreImport(IReadOnlyList<ITransfer> transfers)
{
    /// <summary>Lines on their way at a time: a store flushes the disk once for all that wait.</summary>
    private const int Parallelism = 16;

    /// <returns>How many lines of each kind there were, and how many of them were new.</returns>
    public async Task<TransferReport> RunAsync(Stream input, CancellationToken cancellationToken)
    {
        var report = new TransferReport();
        await using var lines = JsonSerializer
            .DeserializeAsyncEnumerable(input, TransferJson.Default.TransferLine, topLevelValues: true, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        TransferFormat.Check(await lines.MoveNextAsync() ? lines.Current : null);

        TransferLine.End? end = null;
        await Parallel.ForEachAsync(
            UntilEndAsync(lines, found => end = found),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (line, token) => report.Count(line, await ImportAsync(line, token)));

        return end?.Lines == report.Lines
            ? report
            : throw new TransferException($"The export was cut off after {report.Lines} lines, which are in. Make a new one and import that.");
    }

    private static async IAsyncEnumerable<TransferLine> UntilEndAsync(IAsyncEnumerator<TransferLine?> lines, Action<TransferLine.End> ended)
    {
        while (await lines.MoveNextAsync())
        {
            if (lines.Current is TransferLine.End end)
            {
                ended(end);
                yield break;
            }

            yield return lines.Current ?? throw new TransferException("A line of the export is null.");
        }
    }

    private async Task<bool> ImportAsync(TransferLine line, CancellationToken cancellationToken)
    {
        foreach (var transfer in transfers)
        {
            if (await transfer.ImportAsync(line, cancellationToken) is { } isNew)
            {
                return isNew;
            }
        }

        throw new TransferException($"Nobody takes a line of the kind {TransferReport.KindOf(line)}.");
    }
}
