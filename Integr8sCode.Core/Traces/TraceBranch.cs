namespace Integr8sCode.Traces;

/// <summary>Where a trace leaves the straight way, or leads to another trace.</summary>
public sealed record TraceBranch(SpanNode Span, BranchKind Kind)
{
    private const string DeadLetters = "dlq.";
    private const string Replays = "replay.";

    /// <summary>In the order of their starts.</summary>
    public static IReadOnlyList<TraceBranch> Of(SpanTree tree) =>
    [
        .. from node in tree.Nodes
           let kind = KindOf(node, tree)
           where kind is not null
           orderby node.Start
           select new TraceBranch(node, kind.Value),
    ];

    private static BranchKind? KindOf(SpanNode node, SpanTree tree) =>
        node.IsRetry ? BranchKind.Retry
        : node.Span.Name.StartsWith(DeadLetters, StringComparison.Ordinal) ? BranchKind.DeadLetter
        : node.Span.Name.StartsWith(Replays, StringComparison.Ordinal) ? BranchKind.Replay
        : node.Span.Links.Any(link => !tree.Contains(link.SpanId)) ? BranchKind.Link
        : null;
}
