using System.Diagnostics;
using System.Text.Json;

namespace Integr8sCode.Traces;

/// <summary>Takes what Jaeger keeps as tags, but is more than an attribute, to its place.</summary>
internal static class JaegerTags
{
    private const string Kind = "span.kind";
    private const string Error = "error";
    private const string StatusMessage = "otel.status_description";
    private const string TraceState = "w3c.tracestate";
    private static readonly string[] NoAttributes =
        [Kind, Error, StatusMessage, TraceState, "otel.status_code", "otel.scope.name", "otel.scope.version"];

    /// <param name="tags">What the backend has for the span; anything but a list of keys and values counts as none.</param>
    public static TraceSpan Describe(JsonElement tags, TraceSpan span)
    {
        var attributes = Read(tags);
        var described = span with
        {
            Kind = Enum.TryParse<ActivityKind>(Text(Kind), ignoreCase: true, out var kind) ? kind : ActivityKind.Internal,
            IsError = attributes.TryGetValue(Error, out var error) && error.ValueKind is JsonValueKind.True,
            StatusMessage = Text(StatusMessage),
            TraceState = Text(TraceState),
            Attributes = attributes,
        };
        foreach (var key in NoAttributes)
        {
            attributes.Remove(key);
        }

        return described;

        string? Text(string key) => attributes.TryGetValue(key, out var value) ? value.ToString() : null;
    }

    private static Dictionary<string, JsonElement> Read(JsonElement tags)
    {
        var attributes = new Dictionary<string, JsonElement>();
        foreach (var tag in tags.ValueKind is JsonValueKind.Array ? tags.EnumerateArray() : default)
        {
            if (tag.ValueKind is JsonValueKind.Object && tag.TryGetProperty("key", out var key) && key.ValueKind is JsonValueKind.String
                && tag.TryGetProperty("value", out var value))
            {
                attributes[key.GetString()!] = value;
            }
        }

        return attributes;
    }
}
