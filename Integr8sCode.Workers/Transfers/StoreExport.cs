using System.Text.Json;

namespace Integr8sCode.Transfers;

/// <summary>Writes everything that a store keeps, one JSON object a line, holding one page of it at a time.</summary>
internal sealed class StoreExport(IReadOnlyList<ITransfer> transfers)
{
    /// <returns>How many lines of each kind there are.</returns>
    public async Task<TransferReport> RunAsync(Stream output, CancellationToken cancellationToken)
    {
        var report = new TransferReport();
        await WriteAsync(output, TransferFormat.Header, cancellationToken);
        foreach (var transfer in transfers)
        {
            await foreach (var line in transfer.ExportAsync(cancellationToken))
            {
                await WriteAsync(output, line, cancellationToken);
                report.Count(line, isNew: true);
            }
        }

        await WriteAsync(output, new TransferLine.End(report.Lines), cancellationToken);
        await output.FlushAsync(cancellationToken);
        return report;
    }

    private static async Task WriteAsync(Stream output, TransferLine line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, line, TransferJson.Default.TransferLine, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
