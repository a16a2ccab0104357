using Integr8sCode.Spans;

namespace Integr8sCode.Query;

internal sealed record JaegerOperation(string Name, string SpanKind)
{
    /// <summary>A kind that was not given counts as internal, as Jaeger and OTLP have it.</summary>
    public static JaegerOperation Of(Operation operation) =>
        new(operation.Name, SpanTags.KindText(operation.Kind) is { Length: > 0 } kind ? kind : SpanTags.KindText(Spans.SpanKind.Internal));
}
