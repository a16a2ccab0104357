using Google.Protobuf;

namespace Integr8sCode.Spans;

/// <summary>What the store needs to know of a span to file it; all the rest stays in its <paramref name="Message"/>.</summary>
internal sealed record IncomingSpan(
    ulong SpanId, ulong ParentId, string Name, SpanKind Kind, long Start, long End, bool IsError, IncomingOrigin Origin, ByteString Message)
{
    public long Duration => Math.Max(0, End - Start);

    public static IncomingSpan Of(Span span, IncomingOrigin origin, ByteString message) =>
        new(span.SpanId, span.ParentId, span.Name, span.Kind, span.Start, span.End, span.IsError, origin, message);
}
