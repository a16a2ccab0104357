namespace Integr8sCode.Spans;

/// <summary>
/// What a search asks for. Service, operation, tags and durations have to hold for one and the same span, as in Jaeger;
/// without service, operation and tags, the durations are those of the whole trace.
/// </summary>
internal sealed record TraceQuery
{
    public const int DefaultLimit = 100;

    /// <summary>As many as Jaeger's UI lets people ask for.</summary>
    public const int MaxLimit = 1500;

    public string? Service { get; init; }
    public string? Operation { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The trace starts in this time; nanoseconds since 1970.</summary>
    public long StartMin { get; init; }
    public long StartMax { get; init; } = long.MaxValue;

    /// <summary>Nanoseconds.</summary>
    public long DurationMin { get; init; }
    public long DurationMax { get; init; } = long.MaxValue;

    /// <summary>The most traces to return, the newest first.</summary>
    public int Limit { get; init; } = DefaultLimit;

    public bool IsAboutSpans => Service is not null || Operation is not null || Tags.Count > 0;

    public bool HasDuration => DurationMin > 0 || DurationMax < long.MaxValue;

    public bool Matches(OwnedSpan owned)
    {
        var (span, origin) = owned;
        return (Service is null || origin.Service == Service)
            && (Operation is null || span.Name == Operation)
            && span.Duration >= DurationMin && span.Duration <= DurationMax
            && Tags.All(tag => SpanTags.Searchable(span, origin).Concat(origin.Resource)
                .Any(found => found.Key == tag.Key && AttributeText.Of(found.Value) == tag.Value));
    }
}
