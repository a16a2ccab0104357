using Google.Protobuf;

namespace Integr8sCode.Otlp;

/// <summary>
/// Cuts an ExportTraceServiceRequest into the bytes of its spans, each kept with the bytes of its resource and scope.
/// What is cut out is what gets stored, so nothing a client sent is lost. Throws <see cref="InvalidDataException"/>
/// or <see cref="InvalidProtocolBufferException"/> on bytes that are no such message.
/// </summary>
internal sealed class ExportRequest
{
    private const uint ResourceSpansField = 10, ResourceField = 10, ScopeSpansField = 18, ScopeField = 10, SpanField = 18;

    public List<ScopeSpans> Scopes { get; } = [];

    public static ExportRequest Read(byte[] buffer, int length)
    {
        var request = new ExportRequest();
        var input = new CodedInputStream(buffer, 0, length);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag is ResourceSpansField)
            {
                request.ReadResourceSpans(input);
            }
            else
            {
                input.SkipLastField();
            }
        }

        return request;
    }

    private void ReadResourceSpans(CodedInputStream input)
    {
        var first = Scopes.Count;
        var resource = ByteString.Empty;
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case ResourceField: resource = input.ReadBytes(); break;
                case ScopeSpansField: Scopes.Add(ReadScopeSpans(input)); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        foreach (var scope in Scopes[first..]) // on the wire, the resource may follow the spans
        {
            scope.Resource = resource;
        }
    }

    private static ScopeSpans ReadScopeSpans(CodedInputStream input)
    {
        var scope = new ScopeSpans();
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case ScopeField: scope.Scope = input.ReadBytes(); break;
                case SpanField: scope.Spans.Add(input.ReadBytes()); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        return scope;
    }
}
