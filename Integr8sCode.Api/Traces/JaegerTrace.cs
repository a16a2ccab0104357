using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integr8sCode.Traces;

/// <summary>A trace as Jaeger's query API v1 gives it, as far as it is needed here. Times are microseconds.</summary>
internal sealed record JaegerTrace(
    [property: JsonPropertyName("traceID")] string TraceId,
    IReadOnlyList<JaegerTrace.Span> Spans,
    IReadOnlyDictionary<string, JaegerTrace.Process> Processes)
{
    public IReadOnlyList<TraceSpan> ToSpans() => [.. Spans.Select(span => span.ToSpan(TraceId, Processes.GetValueOrDefault(span.ProcessId)))];

    internal sealed record Span(
        [property: JsonPropertyName("spanID")] string SpanId,
        [property: JsonPropertyName("processID")] string ProcessId,
        string OperationName,
        long StartTime,
        long Duration,
        IReadOnlyList<Reference>? References,
        JsonElement Tags = default) // as one: each element that is read for itself is a document, and a trace has very many tags
    {
        public TraceSpan ToSpan(string traceId, Process? process)
        {
            var own = References?.Where(reference => reference.TraceId == traceId).ToList() ?? [];
            // A link to the parent turns the only CHILD_OF into FOLLOWS_FROM; the parent stays the first.
            var parent = own.Find(reference => reference.RefType == "CHILD_OF") ?? own.FirstOrDefault();
            return JaegerTags.Describe(Tags, new()
            {
                SpanId = SpanId,
                ParentId = parent?.SpanId,
                Name = OperationName,
                Service = process?.ServiceName ?? "",
                Process = ProcessId,
                Start = StartTime,
                Duration = Duration,
                Links = [.. References?.Where(r => r != parent).Select(r => new SpanReference(r.TraceId, r.SpanId)) ?? []],
            });
        }
    }

    internal sealed record Reference(
        string RefType,
        [property: JsonPropertyName("traceID")] string TraceId,
        [property: JsonPropertyName("spanID")] string SpanId);

    internal sealed record Process(string ServiceName);
}
