using System.Globalization;
using Google.Protobuf;

namespace Integr8sCode.Traces;

/// <summary>A span as a client would send it; written without any of the store's own code.</summary>
internal sealed record SentSpan(string TraceId, string SpanId, string Name)
{
    public string ParentId { get; init; } = "";
    public string Service { get; init; } = "worker";
    public string Scope { get; init; } = "";
    public int Kind { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long Start { get; init; } = 1_760_000_000_000_000_000;
    public long Duration { get; init; } = 1_000_000;
    public int Status { get; init; }
    public (string Key, object Value)[] Tags { get; init; } = [];
    public (string Key, object Value)[] Resource { get; init; } = [];
    public (string TraceId, string SpanId)[] Links { get; init; } = [];
    public string[] Events { get; init; } = [];

    public static byte[] Request(params IEnumerable<SentSpan> spans) => Message(output =>
    {
        foreach (var group in spans.GroupBy(s => (s.Service, s.Scope, Resource: string.Join(';', s.Resource))))
        {
            Field(output, 1, ResourceSpans([.. group]));
        }
    });

    private static byte[] ResourceSpans(List<SentSpan> spans) => Message(output =>
    {
        Field(output, 2, Message(scopeSpans =>
        {
            Field(scopeSpans, 1, Message(scope => Text(scope, 1, spans[0].Scope)));
            spans.ForEach(span => Field(scopeSpans, 2, span.ToBytes()));
        }));
        // After the spans, as the wire format allows.
        Field(output, 1, Message(resource => Attributes(resource, 1, [("service.name", spans[0].Service), .. spans[0].Resource])));
    });

    private byte[] ToBytes() => Message(output =>
    {
        Field(output, 1, Hex(TraceId));
        Field(output, 2, Hex(SpanId));
        Field(output, 4, Hex(ParentId));
        Text(output, 5, Name);
        Number(output, 6, Kind);
        Fixed(output, 7, Start);
        Fixed(output, 8, Start + Duration);
        Attributes(output, 9, Tags);
        foreach (var name in Events)
        {
            Field(output, 11, Message(e => { Fixed(e, 1, Start); Text(e, 2, name); }));
        }

        foreach (var (trace, span) in Links)
        {
            Field(output, 13, Message(link => { Field(link, 1, Hex(trace)); Field(link, 2, Hex(span)); }));
        }

        Field(output, 15, Message(status => Number(status, 3, Status)));
    });

    private static void Attributes(CodedOutputStream output, int number, (string Key, object Value)[] attributes)
    {
        foreach (var (key, value) in attributes)
        {
            Field(output, number, Message(pair => { Text(pair, 1, key); Field(pair, 2, Message(any => Value(any, value))); }));
        }
    }

    private static void Value(CodedOutputStream output, object value)
    {
        switch (value)
        {
            case DBNull: break;
            case bool flag: output.WriteTag(2, WireFormat.WireType.Varint); output.WriteBool(flag); break;
            case double number: output.WriteTag(4, WireFormat.WireType.Fixed64); output.WriteDouble(number); break;
            case int or long: Number(output, 3, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            default: Text(output, 1, (string)value); break;
        }
    }

    private static void Field(CodedOutputStream output, int number, byte[] content)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    }

    private static void Text(CodedOutputStream output, int number, string text)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Number(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Fixed(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Fixed64);
        output.WriteFixed64((ulong)value);
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
