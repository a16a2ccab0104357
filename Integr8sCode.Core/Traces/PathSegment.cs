namespace Integr8sCode.Traces;

/// <summary>A stretch of a critical path: work of the span, or the wait for it. Times are microseconds since 1970.</summary>
public sealed record PathSegment(SpanNode Span, long Start, long End, TimeCategory Category)
{
    public long Duration => End - Start;
}
