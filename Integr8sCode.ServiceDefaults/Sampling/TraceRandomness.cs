using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Integr8sCode.Sampling;

/// <summary>The 56 random bits of a trace that every consistent sampler decides by.</summary>
internal static class TraceRandomness
{
    private const int Digits = 14;

    /// <summary>The explicit <c>rv</c> of tracestate where there is one, else the end of the trace id.</summary>
    public static ulong Of(ActivityTraceId traceId, string? traceState) =>
        string.IsNullOrEmpty(traceState) || !TryParse(SamplingState.Find(traceState, SamplingState.Randomness), out var explicitly)
            ? Of(traceId)
            : explicitly;

    public static string Format(ulong randomness) => (randomness % SamplingThreshold.Range).ToString("x14", CultureInfo.InvariantCulture);

    private static ulong Of(ActivityTraceId traceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        traceId.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) % SamplingThreshold.Range;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out ulong randomness)
    {
        randomness = 0;
        return text.Length == Digits
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out randomness);
    }
}
