namespace Integr8sCode.Spans;

/// <summary>The spans of one trace that came in one export request, and the terms they can be found by.</summary>
internal sealed class TraceSlice
{
    public List<IncomingSpan> Spans { get; } = [];
    public HashSet<int> Terms { get; } = [];

    public void Add(Span span, Origin origin, IncomingSpan incoming)
    {
        Spans.Add(incoming);
        Terms.UnionWith(SearchTerm.Of(new(span, origin)));
    }
}
