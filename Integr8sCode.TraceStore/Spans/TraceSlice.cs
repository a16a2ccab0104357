namespace Integr8sCode.Spans;

/// <summary>The spans of one trace that came in one export request, and the terms they can be found by.</summary>
internal sealed class TraceSlice
{
    public List<IncomingSpan> Spans { get; } = [];
    public HashSet<int> Terms { get; } = [];

    public void Add(Span span, Origin origin, IncomingSpan incoming)
    {
        Spans.Add(incoming);
        Terms.Add(SearchTerm.Service(origin.Service));
        Terms.Add(SearchTerm.Operation(origin.Service, span.Name));
        foreach (var (key, value) in SpanTags.Searchable(span, origin))
        {
            Terms.Add(SearchTerm.Tag(origin.Service, key, AttributeText.Of(value)));
        }
    }
}
