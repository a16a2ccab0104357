using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Integr8sCode.Sampling;

/// <summary>The 56 random bits of a trace that every consistent sampler decides by.</summary>
internal static class TraceRandomness
{
    private const int Digits = 14;

    /// <summary>
    /// Compares with 14 lower-case hexadecimal digits: an ActivityTraceId holds its text, and texts of digits are in the order of their
    /// numbers. The first four nearly always decide.
    /// </summary>
    /// <param name="leading">The <see cref="Leading"/> of the digits.</param>
    public static bool IsAtLeast(ActivityTraceId traceId, string digits, ulong leading)
    {
        var own = traceId.ToHexString().AsSpan()[^Digits..];
        var ownLeading = Leading(own);
        return ownLeading != leading ? ownLeading > leading : own.SequenceCompareTo(digits) >= 0;
    }

    /// <summary>The first four digits as a number that is in the order of texts.</summary>
    public static ulong Leading(ReadOnlySpan<char> digits) => BinaryPrimitives.ReadUInt64BigEndian(MemoryMarshal.AsBytes(digits));

    public static ulong Of(ActivityTraceId traceId) =>
        ulong.Parse(traceId.ToHexString().AsSpan()[^Digits..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The explicit <c>rv</c> of tracestate where there is one, else the end of the trace id.</summary>
    public static ulong Of(ActivityTraceId traceId, string? traceState) =>
        TryParse(SamplingState.Find(traceState, SamplingState.Randomness), out var randomness) ? randomness : Of(traceId);

    public static string Format(ulong randomness) => (randomness % SamplingThreshold.Range).ToString("x14", CultureInfo.InvariantCulture);

    private static bool TryParse(ReadOnlySpan<char> text, out ulong randomness)
    {
        randomness = 0;
        return text.Length == Digits
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out randomness);
    }
}
