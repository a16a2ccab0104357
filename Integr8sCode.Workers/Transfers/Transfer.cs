namespace Integr8sCode.Transfers;

internal abstract class Transfer<TLine> : ITransfer where TLine : TransferLine
{
    protected const int PageSize = 200;

    public abstract IAsyncEnumerable<TransferLine> ExportAsync(CancellationToken cancellationToken);

    public async Task<bool?> ImportAsync(TransferLine line, CancellationToken cancellationToken) =>
        line is TLine own ? await ImportAsync(own, cancellationToken) : null;

    protected abstract Task<bool> ImportAsync(TLine line, CancellationToken cancellationToken);
}
