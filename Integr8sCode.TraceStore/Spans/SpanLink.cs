namespace Integr8sCode.Spans;

internal sealed class SpanLink
{
    public TraceId TraceId { get; set; }
    public ulong SpanId { get; set; }
    public string TraceState { get; set; } = "";

    /// <summary>Whether it leads anywhere; clients refuse a trace for ids of zeros.</summary>
    public bool IsValid => TraceId.IsValid && SpanId != 0;

    public List<KeyValuePair<string, object?>> Attributes { get; } = [];
}
