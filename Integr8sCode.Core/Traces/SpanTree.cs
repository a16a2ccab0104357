using System.Diagnostics;

namespace Integr8sCode.Traces;

/// <summary>
/// A span and all that follows from it, across every message, repaired so that nothing starts before what caused it. Takes any spans:
/// repeated ones, parents that are missing, and parents in a circle.
/// </summary>
public sealed class SpanTree
{
    private readonly Dictionary<string, SpanNode> _byId = [];
    private readonly List<SpanNode> _nodes = [];
    private readonly string? _executionId;

    private SpanTree(IEnumerable<TraceSpan> spans, string? executionId, string? rootId)
    {
        _executionId = executionId;
        foreach (var span in spans)
        {
            _byId.TryAdd(span.SpanId, new(span));
        }

        foreach (var node in _byId.Values)
        {
            FindParent(node.Span)?.Add(node);
        }

        Root = rootId is null ? FindRoot() : _byId[rootId];
        Root.BecomeRoot();
        AdoptOrphans();
        Settle();
    }

    public SpanNode Root { get; }

    /// <summary>Parents before their children, siblings in the order of their starts.</summary>
    public IReadOnlyList<SpanNode> Nodes => _nodes;

    /// <summary>Ids of parents that spans of the tree name and that are not there.</summary>
    public IReadOnlyList<string> MissingParents =>
        [.. _nodes.Where(node => node.IsCauseMissing).Select(node => node.Span.ParentId).OfType<string>().Distinct()];

    internal long[] ResponseEnds => field ??= EffectiveEnds.Response(this);

    public bool Contains(string spanId) => _byId.ContainsKey(spanId);

    /// <param name="executionId">Chooses the request that led to this execution, where the trace has several. Default: the earliest span.</param>
    /// <returns><see langword="null"/> where there are no spans.</returns>
    public static SpanTree? Of(IReadOnlyCollection<TraceSpan> spans, string? executionId = null) =>
        spans.Count > 0 ? new(spans, executionId, rootId: null) : null;

    /// <summary>The tree below one of the spans.</summary>
    public static SpanTree From(IReadOnlyCollection<TraceSpan> spans, string rootId) =>
        new(spans, spans.First(span => span.SpanId == rootId).Text(SpanAttributes.ExecutionId), rootId);

    // A span that names no parent but links to one other of the trace was caused by that one.
    private SpanNode? FindParent(TraceSpan span)
    {
        var id = span.ParentId ?? (span.Links is [var only] ? only.SpanId : null);
        return id is not null && id != span.SpanId ? _byId.GetValueOrDefault(id) : null;
    }

    private SpanNode FindRoot()
    {
        var first = _byId.Values.Where(node => IsOfExecution(node.Span)).MinBy(node => node.Span.Start);
        if (first is not null)
        {
            for (var steps = _byId.Count; first.Parent is { } parent && first.Span.Kind is not ActivityKind.Server && steps > 0; steps--)
            {
                first = parent;
            }

            return first;
        }

        var roots = _byId.Values.Where(node => node.Parent is null).ToList();
        return (roots.Count > 0 ? roots : [.. _byId.Values]).MinBy(node => node.Span.Start)!;
    }

    // Work that nobody waited for belongs to the whole even where the span that started it is lost; any other is part of that span's time.
    private void AdoptOrphans()
    {
        var orphans = _byId.Values.Where(node => node.Parent is null && node != Root && IsHandOver(node.Span) && node.Span.Start >= Root.Start);
        foreach (var orphan in orphans.ToList())
        {
            if (_executionId is null || IsOfExecution(orphan.Span))
            {
                Root.Add(orphan, adopted: true);
            }
        }
    }

    private void Settle()
    {
        var pending = new Stack<SpanNode>([Root]);
        while (pending.TryPop(out var node))
        {
            node.Index = _nodes.Count;
            _nodes.Add(node);
            node.Settle();
            node.SortChildren();
            for (var i = node.Children.Count - 1; i >= 0; i--)
            {
                pending.Push(node.Children[i]);
            }
        }
    }

    private bool IsOfExecution(TraceSpan span) => _executionId is not null && span.Text(SpanAttributes.ExecutionId) == _executionId;

    private static bool IsHandOver(TraceSpan span) => span.Kind is ActivityKind.Consumer || span.Name == SpanNames.SandboxRun;
}
