using System.Runtime.CompilerServices;
using Integr8sCode.Settings;

namespace Integr8sCode.Transfers;

/// <summary>The settings, where an admin has changed them.</summary>
internal sealed class SettingsTransfer(ISettingsStore settings) : Transfer<TransferLine.Changed>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(cancellationToken) is { } changed)
        {
            yield return new TransferLine.Changed(changed);
        }
    }

    protected override Task<bool> ImportAsync(TransferLine.Changed line, CancellationToken cancellationToken) =>
        settings.SaveAsync(line.Settings with { Version = 1 }, cancellationToken);
}
