namespace Integr8sCode.Spans;

/// <summary>What one service has of one trace: how many spans, and from when to when.</summary>
internal sealed record ServiceShare(string Service, long Spans, long Errors, long Start, long End)
{
    public static ServiceShare Of(IncomingSpan span) =>
        new(span.Origin.Service, 1, span.IsError ? 1 : 0, span.Start, Math.Max(span.Start, span.End));

    public ServiceShare Plus(ServiceShare other) => this with
    {
        Spans = Spans + other.Spans,
        Errors = Errors + other.Errors,
        Start = Math.Min(Start, other.Start),
        End = Math.Max(End, other.End),
    };
}
