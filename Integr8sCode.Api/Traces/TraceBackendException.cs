namespace Integr8sCode.Traces;

/// <summary>The trace backend gave no answer, or none that can be read.</summary>
internal sealed class TraceBackendException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it means for our own caller: 503 where asking again may help, else 502.</summary>
    public int Status => status;

    public static TraceBackendException Away(string why, Exception? inner = null) =>
        new(StatusCodes.Status503ServiceUnavailable, $"The trace backend is not available: {why}.", inner);

    public static TraceBackendException Unreadable(string why, Exception? inner = null) =>
        new(StatusCodes.Status502BadGateway, $"The trace backend's answer cannot be used: {why}.", inner);
}
