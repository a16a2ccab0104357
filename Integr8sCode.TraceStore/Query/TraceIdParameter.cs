using Integr8sCode.Spans;

namespace Integr8sCode.Query;

internal static class TraceIdParameter
{
    public static TraceId Parse(string text) => TraceId.TryParse(text, out var id) ? id
        : throw new InvalidQueryException($"malformed trace id '{text}': it must have 1 to 32 hexadecimal digits, and not only zeros");
}
