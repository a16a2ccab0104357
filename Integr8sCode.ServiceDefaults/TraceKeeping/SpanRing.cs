using System.Diagnostics;
using Integr8sCode.Sampling;
using OpenTelemetry;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// The exporters' doorkeeper: what is sampled passes, what is not waits in a ring of fixed size until its trace turns out to be worth
/// keeping, or later spans take its place. Requests that only read wait in a smaller ring of their own: what fails later is never their
/// consequence, and a page that asks for its result ten times a second must not push out the request that started it.
/// </summary>
internal sealed class SpanRing : CompositeProcessor<Activity>
{
    private const int ShareOfReads = 4;
    private const int LostPerSpan = 4;

    private readonly TraceKeeper _keeper;
    private readonly LostTraces _lost;
    private readonly WaitingSpans _work;
    private readonly WaitingSpans _reads;
    private long _incomplete;

    public SpanRing(TraceKeeper keeper, IEnumerable<BaseProcessor<Activity>> exporters) : base(exporters)
    {
        _keeper = keeper;
        var (spans, bytes) = (keeper.Settings.Spans, keeper.Settings.Bytes);
        _lost = new(LostPerSpan * spans);
        _work = new(spans, bytes - bytes / ShareOfReads, _lost);
        _reads = new(spans / ShareOfReads, bytes / ShareOfReads, _lost);
        keeper.Added += Release;
    }

    /// <summary>Spans that made room for later ones; their traces can no longer be whole.</summary>
    public long Overwritten => _work.Overwritten + _reads.Overwritten;

    /// <summary>About how much memory the waiting spans take.</summary>
    public long Bytes => _work.Bytes + _reads.Bytes;

    /// <summary>Kept traces of which spans had made room before.</summary>
    public long Incomplete => Interlocked.Read(ref _incomplete);

    /// <summary>When the oldest waiting span ended, reads apart; null where there is none.</summary>
    public DateTime? OldestEnd => _work.OldestEnd;

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
        // Behind its fence, either this thread sees the trace kept, or its keeper sees the span.
        if ((OnlyReads(span) ? _reads : _work).Add(span)) _keeper.Kept.Expire();
        if (_keeper.Kept.ReasonOf(span.TraceId) is { } reason) Take(span.TraceId, reason);
        else if (KeepReason.Of(span, _keeper.Settings.SlowerThan) is { } failure) _keeper.Keep(span.TraceId, failure);
    }

    private static bool OnlyReads(Activity span)
    {
        while (span.Parent is { } parent) span = parent;
        return span.Kind == ActivityKind.Server && span.GetTagItem("http.request.method") is "GET" or "HEAD";
    }

    private void Release(ActivityTraceId trace, string reason)
    {
        if (_lost.Contain(trace)) Interlocked.Increment(ref _incomplete);
        Take(trace, reason);
    }

    private void Take(ActivityTraceId trace, string reason)
    {
        _work.Take(trace, span => Export(span, reason));
        _reads.Take(trace, span => Export(span, reason));
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
