using System.Diagnostics;
using Integr8sCode.Sampling;
using OpenTelemetry;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// The exporters' doorkeeper: what is sampled passes, what is not waits in a ring of fixed size until its trace turns out to be worth
/// keeping, or later spans take its place. Takes no lock and allocates nothing on the way of a span that does not fail.
/// </summary>
internal sealed class SpanRing : CompositeProcessor<Activity>
{
    private readonly TraceKeeper _keeper;
    private readonly Activity?[] _slots;
    private readonly int _mask;
    private long _last = -1;
    private long _released;

    public SpanRing(TraceKeeper keeper, IEnumerable<BaseProcessor<Activity>> exporters) : base(exporters)
    {
        _keeper = keeper;
        _slots = new Activity?[keeper.Settings.Spans];
        _mask = _slots.Length - 1;
        keeper.Added += Release;
    }

    /// <summary>Spans that made room for later ones; their traces can no longer be whole.</summary>
    public long Overwritten => Math.Max(0, Volatile.Read(ref _last) + 1 - Volatile.Read(ref _released) - _slots.Count(slot => slot is not null));

    /// <summary>When the oldest span in the ring ended; null where it is empty.</summary>
    public DateTime? OldestEnd => _slots.Min(slot => slot?.StartTimeUtc + slot?.Duration);

    public override void OnEnd(Activity data)
    {
        if (_keeper.Kept.ReasonOf(data.TraceId) is { } reason) Export(data, reason);
        else if (data.Recorded) base.OnEnd(data);
        else Wait(data);
    }

    protected override void Dispose(bool disposing)
    {
        _keeper.Added -= Release;
        base.Dispose(disposing);
    }

    private void Wait(Activity span)
    {
        var place = Interlocked.Increment(ref _last);
        Interlocked.Exchange(ref _slots[place & _mask], span); // a full fence: either this thread sees the trace kept, or its keeper sees the span
        if ((place & _mask) == 0) _keeper.Kept.Expire();
        if (_keeper.Kept.ReasonOf(span.TraceId) is { } reason) Release(span.TraceId, reason);
        else if (KeepReason.Of(span, _keeper.Settings.SlowerThan) is { } failure) _keeper.Keep(span.TraceId, failure);
    }

    private void Release(ActivityTraceId trace, string reason)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            // Whoever empties the slot exports the span, so nobody else does.
            if (Volatile.Read(ref _slots[i]) is { } span && span.TraceId == trace && Interlocked.CompareExchange(ref _slots[i], null, span) == span)
            {
                Interlocked.Increment(ref _released);
                Export(span, reason);
            }
        }
    }

    private void Export(Activity span, string reason)
    {
        if (!span.Recorded)
        {
            span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
            span.TraceStateString = SamplingState.With(span.TraceStateString, SamplingState.Threshold, null);
        }
        // A request of the same trace may have been sampled on its own account; it keeps its probability.
        if (SamplingState.Find(span.TraceStateString, SamplingState.Threshold).IsEmpty) span.SetTag(KeepReason.Tag, reason);
        base.OnEnd(span);
    }
}
