namespace Integr8sCode.Transfers;

/// <summary>Takes one kind of line out of a store, and brings it into another.</summary>
internal interface ITransfer
{
    IAsyncEnumerable<TransferLine> ExportAsync(CancellationToken cancellationToken);

    /// <summary>Brings the line in, unless it is there; a line that came in half is completed.</summary>
    /// <returns>Whether it was new; <see langword="null"/> where the line is of another kind.</returns>
    /// <exception cref="TransferException">Something else has its place.</exception>
    Task<bool?> ImportAsync(TransferLine line, CancellationToken cancellationToken);
}
