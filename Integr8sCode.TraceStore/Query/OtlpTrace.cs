namespace Integr8sCode.Query;

/// <summary>A trace as OTLP writes it in JSON: ids in hex, enums as numbers, 64-bit numbers as strings, zeros left out.</summary>
internal sealed record OtlpTrace(IReadOnlyList<OtlpTrace.ResourceGroup> ResourceSpans)
{
    internal sealed record ResourceGroup(Resource Resource, IReadOnlyList<ScopeGroup> ScopeSpans);

    internal sealed record Resource(IReadOnlyList<Attribute>? Attributes);

    internal sealed record ScopeGroup(Scope Scope, IReadOnlyList<Span> Spans);

    internal sealed record Scope(string? Name, string? Version, IReadOnlyList<Attribute>? Attributes);

    internal sealed record Span(
        string TraceId, string SpanId, string? TraceState, string? ParentSpanId, uint? Flags, string Name, int? Kind,
        string StartTimeUnixNano, string EndTimeUnixNano, IReadOnlyList<Attribute>? Attributes,
        IReadOnlyList<Event>? Events, IReadOnlyList<Link>? Links, Status Status);

    internal sealed record Event(string TimeUnixNano, string Name, IReadOnlyList<Attribute>? Attributes);

    internal sealed record Link(string TraceId, string SpanId, string? TraceState, IReadOnlyList<Attribute>? Attributes);

    internal sealed record Status(string? Message, int? Code);

    internal sealed record Attribute(string Key, Value Value);

    /// <summary>Exactly one is set.</summary>
    internal sealed record Value
    {
        public string? StringValue { get; init; }
        public bool? BoolValue { get; init; }
        public string? IntValue { get; init; }
        public double? DoubleValue { get; init; }
        public List? ArrayValue { get; init; }
        public Map? KvlistValue { get; init; }
        public string? BytesValue { get; init; }
    }

    internal sealed record List(IReadOnlyList<Value> Values);

    internal sealed record Map(IReadOnlyList<Attribute> Values);
}
