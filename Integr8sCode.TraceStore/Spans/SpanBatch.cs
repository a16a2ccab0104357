using Integr8sCode.Otlp;

namespace Integr8sCode.Spans;

/// <summary>One export request, ready to be written: its spans by trace. <see cref="Written"/> completes once they are committed.</summary>
internal sealed class SpanBatch
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Dictionary<TraceId, TraceSlice> Traces { get; } = [];

    /// <summary>Spans without a valid id, and later those past the limit of their trace: they are not kept.</summary>
    public int Refused { get; set; }

    public int Count { get; private set; }

    public Task Written => _written.Task;

    public static SpanBatch Of(ExportRequest request)
    {
        var batch = new SpanBatch();
        foreach (var scope in request.Scopes)
        {
            batch.Add(scope);
        }

        return batch;
    }

    public void Complete() => _written.SetResult();

    public void Fail(Exception reason) => _written.SetException(reason);

    private void Add(ScopeSpans scope)
    {
        var decoded = OriginMessage.Decode(scope.Resource, scope.Scope);
        var origin = new IncomingOrigin(decoded.Service, scope.Resource, scope.Scope);
        foreach (var message in scope.Spans)
        {
            var span = SpanMessage.Decode(message);
            if (!span.TraceId.IsValid || span.SpanId == 0)
            {
                Refused++;
                continue;
            }

            if (!Traces.TryGetValue(span.TraceId, out var slice))
            {
                Traces.Add(span.TraceId, slice = new TraceSlice());
            }

            slice.Add(span, decoded, IncomingSpan.Of(span, origin, message));
            Count++;
        }
    }
}
