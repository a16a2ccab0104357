using Integr8sCode.Spans;

namespace Integr8sCode.Query;

/// <summary>OTLP to Jaeger's API v1, as the OpenTelemetry collector's translator does it.</summary>
internal static class JaegerTranslation
{
    private const long MaxExactInteger = (1L << 53) - 1;
    private const int NanosecondsPerMicrosecond = 1000;

    public static JaegerTrace Trace(IReadOnlyList<OwnedSpan> spans)
    {
        var ids = new Dictionary<Origin, string>();
        var processes = new Dictionary<string, JaegerTrace.Process>();
        foreach (var origin in spans.Select(span => span.Origin).Distinct())
        {
            var process = Process(origin);
            var same = processes.FirstOrDefault(p => p.Value.ServiceName == process.ServiceName && p.Value.Tags.SequenceEqual(process.Tags)).Key;
            ids[origin] = same ?? $"p{processes.Count + 1}";
            processes[ids[origin]] = process;
        }

        return new(spans[0].Span.TraceId.ToString(), [.. spans.Select(span => Span(span, ids[span.Origin]))], processes, null);
    }

    private static JaegerTrace.Span Span(OwnedSpan owned, string process)
    {
        var span = owned.Span;
        return new(
            span.TraceId.ToString(),
            Spans.Span.Hex(span.SpanId),
            span.Flags & 0xff,
            span.Name,
            [.. References(span)],
            span.Start / NanosecondsPerMicrosecond,
            span.Duration / NanosecondsPerMicrosecond,
            [.. SpanTags.Of(span, owned.Origin).Select(Tag)],
            [.. span.Events.Select(Log)],
            process,
            null);
    }

    // A link to the parent says how the parent is meant; it is not a second reference to it.
    private static IEnumerable<JaegerTrace.Reference> References(Span span)
    {
        var toParent = span.Links.Find(link => link.SpanId == span.ParentId && link.TraceId == span.TraceId);
        if (span.ParentId != 0)
        {
            yield return Reference(toParent is null ? "CHILD_OF" : TypeOf(toParent), span.TraceId, span.ParentId);
        }

        foreach (var link in span.Links.Where(link => link != toParent && link.IsValid))
        {
            yield return Reference(TypeOf(link), link.TraceId, link.SpanId);
        }
    }

    private static string TypeOf(SpanLink link) =>
        link.Attributes.Find(a => a.Key == "opentracing.ref_type").Value is "child_of" ? "CHILD_OF" : "FOLLOWS_FROM";

    private static JaegerTrace.Reference Reference(string type, TraceId trace, ulong span) => new(type, trace.ToString(), Spans.Span.Hex(span));

    private static JaegerTrace.Process Process(Origin origin) =>
        new(origin.Service, [.. origin.Resource.Where(attribute => attribute.Key != Origin.ServiceName).Select(Tag)]);

    private static JaegerTrace.Log Log(SpanEvent e) => new(
        e.Time / NanosecondsPerMicrosecond,
        [.. e.Attributes.Select(Tag).Prepend(new("event", "string", e.Name))]);

    private static JaegerTrace.Tag Tag(KeyValuePair<string, object?> attribute) => attribute.Value switch
    {
        bool flag => new(attribute.Key, "bool", flag),
        long and (> MaxExactInteger or < -MaxExactInteger) => new(attribute.Key, "int64", AttributeText.Of(attribute.Value)),
        long number => new(attribute.Key, "int64", number),
        double number => new(attribute.Key, "float64", double.IsFinite(number) ? number : AttributeText.Of(number)),
        byte[] bytes => new(attribute.Key, "binary", Convert.ToBase64String(bytes)),
        var other => new(attribute.Key, "string", AttributeText.Of(other)),
    };
}
