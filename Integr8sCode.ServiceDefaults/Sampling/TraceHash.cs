using System.Diagnostics;

namespace Integr8sCode.Sampling;

/// <summary>An evenly spread number for a trace that is independent of its sampling threshold.</summary>
internal static class TraceHash
{
    public static ulong Of(ActivityTraceId traceId, ulong secret = 0)
    {
        Span<byte> bytes = stackalloc byte[16];
        traceId.CopyTo(bytes);
        return Mix(BitConverter.ToUInt64(bytes[8..]) ^ Mix(BitConverter.ToUInt64(bytes) ^ secret));
    }

    /// <summary>The share of all traces whose hash is lower.</summary>
    public static double ShareBelow(ActivityTraceId traceId) => Of(traceId) / (double)ulong.MaxValue;

    // SplitMix64's finalizer: every bit of the input changes about half of the output.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
