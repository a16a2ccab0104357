using Google.Protobuf;
using Integr8sCode.Spans;

namespace Integr8sCode.Otlp;

/// <summary>Decodes OTLP's Span message: what arrives and what the store keeps are the same bytes.</summary>
internal static class SpanMessage
{
    public static Span Decode(ByteString message)
    {
        var input = message.CreateCodedInput();
        var span = new Span();
        while (input.ReadTag() is var field and not 0)
        {
            switch (field)
            {
                case 10: span.TraceId = TraceId.Of(input.ReadBytes().Span); break;
                case 18: span.SpanId = ReadSpanId(input); break;
                case 26: span.TraceState = input.ReadString(); break;
                case 34: span.ParentId = ReadSpanId(input); break;
                case 42: span.Name = input.ReadString(); break;
                case 48: span.Kind = (SpanKind)input.ReadEnum(); break;
                case 57: span.Start = ReadTime(input); break;
                case 65: span.End = ReadTime(input); break;
                case 74: span.Attributes.Add(AttributeMessage.DecodePair(input)); break;
                case 90: span.Events.Add(DecodeEvent(input)); break;
                case 106: span.Links.Add(DecodeLink(input)); break;
                case 122: DecodeStatus(input, span); break;
                case 133: span.Flags = input.ReadFixed32(); break;
                default: input.SkipLastField(); break;
            }
        }

        return span;
    }

    private static SpanEvent DecodeEvent(CodedInputStream input)
    {
        var happened = new SpanEvent();
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case 9: happened.Time = ReadTime(input); break;
                case 18: happened.Name = input.ReadString(); break;
                case 26: happened.Attributes.Add(AttributeMessage.DecodePair(input)); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        return happened;
    }

    private static SpanLink DecodeLink(CodedInputStream input)
    {
        var link = new SpanLink();
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case 10: link.TraceId = TraceId.Of(input.ReadBytes().Span); break;
                case 18: link.SpanId = ReadSpanId(input); break;
                case 26: link.TraceState = input.ReadString(); break;
                case 34: link.Attributes.Add(AttributeMessage.DecodePair(input)); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        return link;
    }

    private static void DecodeStatus(CodedInputStream input, Span span)
    {
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case 18: span.StatusMessage = input.ReadString(); break;
                case 24: span.Status = (StatusCode)input.ReadEnum(); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
    }

    private static long ReadTime(CodedInputStream input) => (long)Math.Min(input.ReadFixed64(), long.MaxValue);

    private static ulong ReadSpanId(CodedInputStream input)
    {
        var bytes = input.ReadBytes().Span;
        return bytes.Length == sizeof(ulong) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
    }
}
