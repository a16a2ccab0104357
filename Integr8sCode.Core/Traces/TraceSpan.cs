using System.Diagnostics;
using System.Text.Json;

namespace Integr8sCode.Traces;

/// <summary>An ended span as a trace backend tells of it. Times are microseconds.</summary>
public sealed record TraceSpan
{
    public required string SpanId { get; init; }

    /// <summary>Absent where the trace starts.</summary>
    public string? ParentId { get; init; }

    public required string Name { get; init; }
    public ActivityKind Kind { get; init; }
    public required string Service { get; init; }

    /// <summary>Tells the processes of a service apart: inside one there is one clock. Default: the service has one process.</summary>
    public string? Process { get; init; }

    /// <summary>Since 1970.</summary>
    public required long Start { get; init; }

    public required long Duration { get; init; }
    public bool IsError { get; init; }
    public string? StatusMessage { get; init; }
    public string? TraceState { get; init; }
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The spans this one points to beside its parent, in this trace or in another.</summary>
    public IReadOnlyList<SpanReference> Links { get; init; } = [];

    /// <returns>The attribute as text; <see langword="null"/> where there is none of this name.</returns>
    public string? Text(string key) => Attributes.TryGetValue(key, out var value) ? value.ToString() : null;

    /// <returns>The attribute as a number; <see langword="null"/> where there is none of this name, or no number.</returns>
    public double? Number(string key) =>
        Attributes.TryGetValue(key, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    internal bool IsSameProcess(TraceSpan other) => Service == other.Service && Process == other.Process;
}

public sealed record SpanReference(string TraceId, string SpanId);
