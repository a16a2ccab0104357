using System.Diagnostics;
using System.Text.Json;

namespace Integr8sCode.Traces;

/// <summary>Spans for a timeline, with times in milliseconds from its start, and what a path made of them.</summary>
internal static class TimelineSpans
{
    public static TraceSpan Span(string id, string? parent, double start, double end, ActivityKind kind, string service = "api") => new()
    {
        SpanId = id,
        ParentId = parent,
        Name = id,
        Kind = kind,
        Service = service,
        Start = (long)(start * 1000),
        Duration = (long)(end * 1000) - (long)(start * 1000),
    };

    public static TraceSpan With(this TraceSpan span, string key, object value) => span with
    {
        Attributes = new Dictionary<string, JsonElement>(span.Attributes) { [key] = JsonSerializer.SerializeToElement(value) },
    };

    public static CriticalPath EndToEnd(params TraceSpan[] spans) => CriticalPath.EndToEnd(SpanTree.Of(spans)!);

    /// <summary>Milliseconds by span for work and by category for waits, the longest first: <c>R=80 queue_wait=16</c>.</summary>
    public static string Times(this CriticalPath path) => string.Join(' ', path.Segments
        .GroupBy(Label)
        .Select(group => (group.Key, Time: group.Sum(segment => segment.Duration)))
        .OrderByDescending(time => time.Time).ThenBy(time => time.Key, StringComparer.Ordinal)
        .Select(time => FormattableString.Invariant($"{time.Key}={time.Time / 1000.0:0.###}")));

    public static void AssertExact(this CriticalPath path, SpanTree tree)
    {
        Assert.Equal(tree.Root.Start, path.Segments[0].Start);
        Assert.All(path.Segments, segment => Assert.True(segment.Duration > 0));
        Assert.All(path.Segments.Zip(path.Segments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal(path.Duration, path.TimeByCategory.Values.Sum());
    }

    private static string Label(PathSegment segment) => segment.Category switch
    {
        TimeCategory.QueueWait => "queue_wait",
        TimeCategory.SlotWait => "slot_wait",
        TimeCategory.SandboxStart => "sandbox_start",
        TimeCategory.Compile => "compile",
        TimeCategory.Script => "script",
        TimeCategory.RetryBackoff => "retry_backoff",
        TimeCategory.Gap => "gap",
        _ => segment.Span.Span.Name,
    };
}
