namespace Integr8sCode.Spans;

internal sealed class SpanEvent
{
    public long Time { get; set; }
    public string Name { get; set; } = "";
    public List<KeyValuePair<string, object?>> Attributes { get; } = [];
}
