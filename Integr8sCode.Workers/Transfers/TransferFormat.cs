namespace Integr8sCode.Transfers;

internal static class TransferFormat
{
    /// <summary>A newer release reads the older versions too.</summary>
    private const int Version = 1;

    public static TransferLine.Header Header { get; } = new("integr8scode", Version);

    public static void Check(TransferLine? first)
    {
        if (first is not TransferLine.Header { Format: "integr8scode", Version: var version })
        {
            throw new TransferException("This is no export of Integr8sCode: its first line is no header.");
        }

        if (version > Version)
        {
            throw new TransferException($"The export has version {version}, made by a newer release; this one reads up to version {Version}.");
        }
    }
}
