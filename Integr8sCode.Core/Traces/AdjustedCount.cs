using System.Globalization;

namespace Integr8sCode.Traces;

/// <summary>How many spans one stands for, as its sampler's threshold in the trace state says (OpenTelemetry, "Probability Sampling").</summary>
public static class AdjustedCount
{
    private const int Digits = 14;
    private const double Range = 1L << (Digits * 4);

    /// <returns>0 for what was kept for its failure: those that failed among the sampled ones stand for it.</returns>
    public static double Of(TraceSpan span) => span.Attributes.ContainsKey(SpanAttributes.SamplingReason) ? 0 : Of(span.TraceState);

    /// <returns>1 where there is no threshold: the span may stand for more, but nothing tells.</returns>
    public static double Of(string? traceState)
    {
        var members = traceState?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        var fields = Array.Find(members, member => member.StartsWith("ot=", StringComparison.Ordinal))?[3..].Split(';') ?? [];
        var threshold = Array.Find(fields, field => field.StartsWith("th:", StringComparison.Ordinal))?[3..];

        return threshold is { Length: > 0 and <= Digits }
            && long.TryParse(threshold.PadRight(Digits, '0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rejected)
                ? Range / (Range - rejected)
                : 1;
    }
}
