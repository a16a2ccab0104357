using System.Diagnostics;

namespace Integr8sCode.Infrastructure;

/// <summary>Reads the spans of an ExportTraceServiceRequest; the numbers are the fields of opentelemetry/proto/trace/v1/trace.proto.</summary>
internal static class OtlpSpans
{
    public static IEnumerable<ReceivedSpan> Read(ProtobufMessage request) =>
        from resourceSpans in request.Messages(1)
        let resource = Attributes(resourceSpans.Message(1), 1)
        from scopeSpans in resourceSpans.Messages(2)
        from span in scopeSpans.Messages(2)
        select Span(span, scopeSpans.Message(1).Text(1), resource);

    private static ReceivedSpan Span(ProtobufMessage span, string source, IReadOnlyDictionary<string, object> resource) =>
        new(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Kind(span.Number(6)), Status(span.Message(15).Number(3)))
        {
            Source = source,
            TraceState = span.Text(3),
            Resource = resource,
            Start = Time(span.Number(7)),
            End = Time(span.Number(8)),
            Attributes = Attributes(span, 9),
            Events = [.. span.Messages(11).Select(each => new ReceivedEvent(each.Text(2), Attributes(each, 3)))],
            Links = [.. span.Messages(13).Select(link => link.Hex(2))],
        };

    /// <summary>A list of KeyValue messages, as spans, events, resources and log records have it.</summary>
    public static IReadOnlyDictionary<string, object> Attributes(ProtobufMessage owner, int field) =>
        owner.Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)));

    private static object Value(ProtobufMessage value) =>
        value.Has(2) ? value.Number(2) == 1
        : value.Has(3) ? (long)value.Number(3)
        : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4))
        : value.Has(5) ? value.Message(5).Messages(1).Select(Value).ToArray()
        : value.Text(1);

    private static ActivityKind Kind(ulong kind) => kind switch
    {
        2 => ActivityKind.Server,
        3 => ActivityKind.Client,
        4 => ActivityKind.Producer,
        5 => ActivityKind.Consumer,
        _ => ActivityKind.Internal,
    };

    private static ActivityStatusCode Status(ulong code) => (ActivityStatusCode)code;

    private static DateTimeOffset Time(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));
}
