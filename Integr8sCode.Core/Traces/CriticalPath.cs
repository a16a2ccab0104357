namespace Integr8sCode.Traces;

/// <summary>
/// Where the time went: the chain of work and waits that made a span take as long as it did. The segments follow each other without a
/// gap or an overlap, so their sum is exactly the time from the first's start to the last's end.
/// </summary>
public sealed class CriticalPath
{
    // Backends round times to microseconds, so siblings back to back may seem to overlap by one.
    private const long Tolerance = 1;

    private readonly List<PathSegment> _backwards = [];
    private readonly long[] _ends;

    private CriticalPath(SpanNode from, long end, long[] ends)
    {
        _ends = ends;
        Walk(from, end);
        _backwards.Reverse();
        Segments = SandboxTime.Split(_backwards);
    }

    public IReadOnlyList<PathSegment> Segments { get; }

    public long Duration => Segments.Count > 0 ? Segments[^1].End - Segments[0].Start : 0;

    /// <summary>The longest first; sums to <see cref="Duration"/>.</summary>
    public IReadOnlyDictionary<TimeCategory, long> TimeByCategory => Segments
        .GroupBy(segment => segment.Category)
        .Select(group => KeyValuePair.Create(group.Key, group.Sum(segment => segment.Duration)))
        .OrderByDescending(time => time.Value)
        .ToDictionary();

    /// <summary>From the root's start to the end of the last work it led to, across all messages.</summary>
    public static CriticalPath EndToEnd(SpanTree tree)
    {
        var ends = EffectiveEnds.EndToEnd(tree);
        return new(tree.Root, ends[tree.Root.Index], ends);
    }

    /// <summary>From the span's start to its end: what it waited for itself.</summary>
    public static CriticalPath Response(SpanTree tree, SpanNode span) => new(span, span.End, tree.ResponseEnds);

    // Backwards from the end: whoever ended last before this moment is what was waited for.
    private void Walk(SpanNode from, long until)
    {
        var visits = new Stack<Visit>([new(from, until, _ends)]);
        while (visits.TryPeek(out var visit))
        {
            if (visit.Next(_ends) is { } child)
            {
                var end = Math.Min(_ends[child.Index], visit.Time);
                Emit(visit, end);
                visit.Continue(child);
                visits.Push(new(child, end, _ends));
            }
            else
            {
                Emit(visit, Math.Min(visit.Node.Start, visit.Time));
                visits.Pop();
            }
        }
    }

    /// <summary>The time up to the visit's present moment: after the span's own end it is a wait for what came next.</summary>
    private void Emit(Visit visit, long start)
    {
        var worked = Math.Clamp(visit.Node.End, start, visit.Time);
        if (visit.Time > worked)
        {
            _backwards.AddRange(Waits.Before(visit.Following ?? visit.Node, worked, visit.Time));
        }

        if (worked > start)
        {
            _backwards.Add(new(visit.Node, start, worked, visit.Node.Category));
        }
    }

    /// <summary>A span while it is walked backwards; <see cref="Time"/> is how far that has come.</summary>
    private sealed class Visit(SpanNode node, long time, long[] ends)
    {
        private readonly SpanNode[] _children = [.. node.Children.OrderByDescending(child => ends[child.Index])];
        private int _seen;

        public SpanNode Node => node;
        public long Time { get; private set; } = time;

        /// <summary>What happened from <see cref="Time"/> on.</summary>
        public SpanNode? Following { get; private set; }

        // Time only goes back, so a child that was passed over never fits later.
        public SpanNode? Next(long[] ends)
        {
            while (_seen < _children.Length)
            {
                var child = _children[_seen++];
                var end = ends[child.Index];
                if (child.Start < Math.Min(end, Time) && end - Tolerance <= Time)
                {
                    return child;
                }
            }

            return null;
        }

        public void Continue(SpanNode child) => (Time, Following) = (child.Start, child);
    }
}
