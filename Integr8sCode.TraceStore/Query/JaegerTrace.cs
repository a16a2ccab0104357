using System.Text.Json.Serialization;

namespace Integr8sCode.Query;

/// <summary>A trace in the JSON of Jaeger's API v1. Times and durations are microseconds.</summary>
internal sealed record JaegerTrace(
    [property: JsonPropertyName("traceID")] string TraceId,
    IReadOnlyList<JaegerTrace.Span> Spans,
    IReadOnlyDictionary<string, JaegerTrace.Process> Processes,
    IReadOnlyList<string>? Warnings)
{
    internal sealed record Span(
        [property: JsonPropertyName("traceID")] string TraceId,
        [property: JsonPropertyName("spanID")] string SpanId,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] uint Flags,
        string OperationName,
        IReadOnlyList<Reference> References,
        long StartTime,
        long Duration,
        IReadOnlyList<Tag> Tags,
        IReadOnlyList<Log> Logs,
        [property: JsonPropertyName("processID")] string ProcessId,
        IReadOnlyList<string>? Warnings);

    internal sealed record Reference(
        string RefType,
        [property: JsonPropertyName("traceID")] string TraceId,
        [property: JsonPropertyName("spanID")] string SpanId);

    internal sealed record Process(string ServiceName, IReadOnlyList<Tag> Tags);

    /// <summary>The value is a string, a bool or a number, as <paramref name="Type"/> says.</summary>
    internal sealed record Tag(string Key, string Type, object Value);

    internal sealed record Log(long Timestamp, IReadOnlyList<Tag> Fields);
}
