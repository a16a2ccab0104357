using System.Collections.Concurrent;
using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

/// <summary>Every span of our source that ends while this lives; other tests' spans are told apart by their execution.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public RecordedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IEnumerable<Activity> Of(string name, Event @event) =>
        _spans.Where(span => span.OperationName == name && Equals(span.GetTagItem(SpanAttributes.EventId), @event.EventId.ToString()));

    public IEnumerable<Activity> OfTrace(ActivityTraceId trace) => _spans.Where(span => span.TraceId == trace);

    public async Task<Activity> WaitForAsync(string name, Event @event)
    {
        await Eventually.HoldsAsync(() => Of(name, @event).Any(), $"a span {name}");
        return Of(name, @event).First();
    }

    public IEnumerable<Activity> InTrace(ActivityTraceId traceId, string name) =>
        _spans.Where(span => span.TraceId == traceId && span.OperationName == name);

    public void Dispose() => _listener.Dispose();
}
