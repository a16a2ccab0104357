using System.Text;
using System.Text.Json.Nodes;

namespace Integr8sCode.Notifications;

/// <summary>A request as it came in.</summary>
internal sealed record ReceivedWebhook(string RequestLine, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The trace and the span that the caller was in.</summary>
    public (string TraceId, string SpanId) Caller => Headers["traceparent"].Split('-') is [_, var trace, var span, _] ? (trace, span) : default;
}
