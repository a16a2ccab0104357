namespace Integr8sCode.Spans;

internal sealed class SpanLink
{
    public TraceId TraceId { get; set; }
    public ulong SpanId { get; set; }
    public string TraceState { get; set; } = "";
    public List<KeyValuePair<string, object?>> Attributes { get; } = [];
}
