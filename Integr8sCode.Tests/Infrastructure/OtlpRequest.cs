namespace Integr8sCode.Infrastructure;

/// <summary>One export as it arrived.</summary>
internal sealed record OtlpRequest(string Path, IReadOnlyDictionary<string, string> Headers, ProtobufMessage Body)
{
    /// <summary>"trace", "metrics" or "logs".</summary>
    public string Signal =>
        Path.Contains("logs", StringComparison.OrdinalIgnoreCase) ? "logs"
        : Path.Contains("metrics", StringComparison.OrdinalIgnoreCase) ? "metrics"
        : "trace";
}
