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
    private static readonly HashSet<string> NoAttributes =
        [Kind, Error, StatusMessage, TraceState, "otel.status_code", "otel.scope.name", "otel.scope.version"];

    public static TraceSpan Describe(IReadOnlyList<JaegerTrace.Tag> tags, TraceSpan span)
    {
        var all = new Dictionary<string, JsonElement>();
        foreach (var tag in tags)
        {
            all[tag.Key] = tag.Value;
        }

        return span with
        {
            Kind = Enum.TryParse<ActivityKind>(Text(Kind), ignoreCase: true, out var kind) ? kind : ActivityKind.Internal,
            IsError = all.TryGetValue(Error, out var error) && error.ValueKind is JsonValueKind.True,
            StatusMessage = Text(StatusMessage),
            TraceState = Text(TraceState),
            Attributes = all.Where(tag => !NoAttributes.Contains(tag.Key)).ToDictionary(),
        };

        string? Text(string key) => all.TryGetValue(key, out var value) ? value.ToString() : null;
    }
}
