using System.Diagnostics;

namespace Integr8sCode.Infrastructure;

/// <summary>A span as it left a process.</summary>
internal sealed record ReceivedSpan(
    string TraceId, string SpanId, string ParentSpanId, string Name, ActivityKind Kind, ActivityStatusCode Status)
{
    public required string Source { get; init; }

    public string TraceState { get; init; } = "";

    public required IReadOnlyDictionary<string, object> Resource { get; init; }

    public required IReadOnlyDictionary<string, object> Attributes { get; init; }

    public required IReadOnlyList<ReceivedEvent> Events { get; init; }

    /// <summary>The span ids this span links to.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>The value of an attribute; null when the span has none of this name.</summary>
    public object? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

internal sealed record ReceivedEvent(string Name, IReadOnlyDictionary<string, object> Attributes);
