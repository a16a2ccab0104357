using Integr8sCode.Executions;

namespace Integr8sCode.Traces;

/// <summary>What an execution led to, and where its time went. All times are whole microseconds, so that sums are exact.</summary>
internal sealed record TimelineView
{
    /// <summary>More spans than this are not listed; the path and the times count all of them.</summary>
    public const int MaxSpans = 5000;

    public required Guid ExecutionId { get; init; }
    public required string TraceId { get; init; }

    /// <summary>While the execution has not ended, spans are still to come.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The execution this one repeats; its own trace is at <c>/api/v1/executions/{retry_of}/trace</c>.</summary>
    public Guid? RetryOf { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the request's start to the end of the last work it led to.</summary>
    public required TimeView EndToEnd { get; init; }

    /// <summary>From the request's start to its answer: what the caller waited for.</summary>
    public required TimeView Response { get; init; }

    /// <summary>What decided how long it took, in order; the durations sum to <c>end_to_end.duration_us</c>.</summary>
    public required IReadOnlyList<SegmentView> CriticalPath { get; init; }

    /// <summary>Parents before their children, siblings in order.</summary>
    public required IReadOnlyList<SpanView> Spans { get; init; }

    /// <summary>How many spans there are, listed or not.</summary>
    public required int SpanCount { get; init; }

    /// <summary>Retries, dead letters, replays and what else leads away from the straight way.</summary>
    public required IReadOnlyList<BranchView> Branches { get; init; }

    /// <summary>Ids of spans that others name as their parent and that never arrived; their time is a gap.</summary>
    public required IReadOnlyList<string> MissingSpans { get; init; }

    /// <summary>Clocks of machines disagree: spans were moved behind what caused them, and waits between machines are lower bounds.</summary>
    public required bool ClockSkew { get; init; }

    public static TimelineView Of(Execution execution, SpanTree tree)
    {
        var path = Traces.CriticalPath.EndToEnd(tree);
        var decisive = path.Segments.Select(segment => segment.Span).ToHashSet();
        return new()
        {
            ExecutionId = execution.Id,
            TraceId = execution.TraceId!,
            Status = execution.State.Status,
            RetryOf = execution.RetryOf,
            StartedAt = DateTimeOffset.UnixEpoch.AddMicroseconds(tree.Root.Start),
            EndToEnd = TimeView.Of(path),
            Response = TimeView.Of(Traces.CriticalPath.Response(tree, tree.Root)),
            CriticalPath = [.. path.Segments.Select(segment => SegmentView.Of(segment, tree.Root))],
            Spans = [.. tree.Nodes.Take(MaxSpans).Select(node => SpanView.Of(node, tree.Root, decisive.Contains(node)))],
            SpanCount = tree.Nodes.Count,
            Branches = [.. TraceBranch.Of(tree).Select(branch => BranchView.Of(branch, tree.Root))],
            MissingSpans = tree.MissingParents,
            ClockSkew = tree.Nodes.Any(node => node.IsSkewed),
        };
    }
}

internal sealed record TimeView(long DurationUs, IReadOnlyDictionary<TimeCategory, long> TimeByCategory)
{
    public static TimeView Of(CriticalPath path) => new(path.Duration, path.TimeByCategory);
}

/// <param name="StartUs">From the timeline's start.</param>
/// <param name="SpanId">The span at work or, for a wait, the one waited for.</param>
internal sealed record SegmentView(long StartUs, long DurationUs, TimeCategory Category, string SpanId, string Service, string Name)
{
    public static SegmentView Of(PathSegment segment, SpanNode root)
    {
        var span = segment.Span.Span;
        return new(segment.Start - root.Start, segment.Duration, segment.Category, span.SpanId, span.Service, span.Name);
    }
}

internal sealed record BranchView(BranchKind Kind, long StartUs, string SpanId, string Service, string Name, int Attempt, IReadOnlyList<LinkView> Links)
{
    public static BranchView Of(TraceBranch branch, SpanNode root)
    {
        var span = branch.Span.Span;
        return new(
            branch.Kind, branch.Span.Start - root.Start, span.SpanId, span.Service, span.Name, branch.Span.Attempt, LinkView.Of(span));
    }
}

internal sealed record LinkView(string TraceId, string SpanId)
{
    public static IReadOnlyList<LinkView> Of(TraceSpan span) => [.. span.Links.Select(link => new LinkView(link.TraceId, link.SpanId))];
}
