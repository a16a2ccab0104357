namespace Integr8sCode.Traces;

/// <summary>Until when each span counts, by <see cref="SpanNode.Index"/>.</summary>
internal static class EffectiveEnds
{
    /// <summary>Counts for no path: the span was not waited for.</summary>
    private const long Never = long.MaxValue;

    /// <summary>Work that was handed over prolongs what started it.</summary>
    public static long[] EndToEnd(SpanTree tree)
    {
        var ends = OwnEnds(tree);
        var handedOver = new long[ends.Length];
        foreach (var node in tree.Nodes.Reverse())
        {
            ends[node.Index] = Math.Max(ends[node.Index], handedOver[node.Index]);
            if (node.Parent is { } parent)
            {
                var reached = IsFree(node) ? ends[node.Index] : handedOver[node.Index];
                handedOver[parent.Index] = Math.Max(handedOver[parent.Index], reached);
            }
        }

        return ends;
    }

    /// <summary>Only what was waited for inside of a span, until it ended.</summary>
    public static long[] Response(SpanTree tree)
    {
        var ends = OwnEnds(tree);
        foreach (var node in tree.Nodes.Where(IsFree))
        {
            ends[node.Index] = Never;
        }

        return ends;
    }

    /// <summary>A call that was given up counts until its caller went on, and so does what it called.</summary>
    private static long[] OwnEnds(SpanTree tree)
    {
        var ends = new long[tree.Nodes.Count];
        foreach (var node in tree.Nodes)
        {
            ends[node.Index] = node.Parent is { } parent && !IsFree(node) ? Math.Min(node.End, ends[parent.Index]) : node.End;
        }

        return ends;
    }

    private static bool IsFree(SpanNode node) => node.Parent is { } parent && (node.IsDetached || node.Start >= parent.End);
}
