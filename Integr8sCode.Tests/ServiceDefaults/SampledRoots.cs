using System.Diagnostics;
using System.Globalization;
using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.ServiceDefaults;

/// <summary>Roots with random trace ids, the same in each run, so that a test of shares cannot fail by chance.</summary>
internal static class SampledRoots
{
    public static IEnumerable<SamplingParameters> Random(int count, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => new SamplingParameters(default, TraceId(random), "work", ActivityKind.Internal));
    }

    public static ActivityTraceId TraceId(Random random) => ActivityTraceId.CreateFromString(
        random.NextInt64().ToString("x16", CultureInfo.InvariantCulture) + random.NextInt64(long.MinValue, long.MaxValue).ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>How many traces a kept one stands for, as a backend reads it from tracestate.</summary>
    public static double AdjustedCount(SamplingResult kept) =>
        SamplingThreshold.TryParse(SamplingState.Find(kept.TraceStateString, SamplingState.Threshold), out var threshold) ? threshold.AdjustedCount : 0;
}
