using System.Text.Json.Nodes;

namespace Integr8sCode.Infrastructure;

/// <summary>A span as the trace store gives it back.</summary>
internal sealed record StoredSpan(
    string Service, string Name, string Kind, string SpanId, string? ParentId, IReadOnlyDictionary<string, JsonNode?> Tags)
{
    /// <summary>What the span is linked to, as <c>trace id/span id</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public string? Text(string key) => Tags.TryGetValue(key, out var value) ? value?.ToString() : null;

    public override string ToString() => $"{Service}: {Name} ({Kind}) {Text("event.type")}{Text("saga.step")} {SpanId} of {ParentId ?? "nobody"}";
}
