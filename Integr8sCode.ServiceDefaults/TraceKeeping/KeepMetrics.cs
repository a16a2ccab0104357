using System.Diagnostics.Metrics;

namespace Integr8sCode.TraceKeeping;

/// <summary>Whether the ring is large enough, and how many failures were too many.</summary>
internal static class KeepMetrics
{
    public static void Measure(this SpanRing ring, TraceKeeper keeper, IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create("Integr8sCode");
        var kept = meter.CreateCounter<long>("integr8scode.traces.kept", "{trace}", "Traces kept for a reason, whoever saw it first.");
        keeper.Added += (_, reason) => kept.Add(1, new KeyValuePair<string, object?>(KeepReason.Tag, reason));
        meter.CreateObservableCounter("integr8scode.traces.refused", () => keeper.Refused, "{span}", "Failed spans whose trace was not kept because too many failed.");
        meter.CreateObservableCounter("integr8scode.traces.ring.overwritten", () => ring.Overwritten, "{span}", "Spans that left the full ring before a verdict.");
        meter.CreateObservableCounter("integr8scode.traces.incomplete", () => ring.Incomplete, "{trace}", "Kept traces of which spans had left the ring before.");
        meter.CreateObservableGauge("integr8scode.traces.ring.bytes", () => ring.Bytes, "By", "About how much memory the waiting spans take.");
        meter.CreateObservableGauge("integr8scode.traces.ring.history", () => Age(ring, clock), "s", "How far back the ring reaches.");
    }

    private static double Age(SpanRing ring, TimeProvider clock) =>
        ring.OldestEnd is { } end ? Math.Max(0, (clock.GetUtcNow().UtcDateTime - end).TotalSeconds) : 0;
}
