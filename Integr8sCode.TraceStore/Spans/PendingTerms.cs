namespace Integr8sCode.Spans;

/// <summary>
/// Search terms of traces that are stored but not yet in the index. Written one export at a time, the pages of the index would be written
/// again for each; here they wait until there are many, or there is nothing else to do, or somebody searches.
/// </summary>
internal sealed class PendingTerms
{
    /// <summary>So many may wait; 16 bytes each.</summary>
    private const int Most = 500_000;

    private readonly List<Entry> _entries = [];
    private long _first = long.MaxValue;

    public bool AreMany => _entries.Count >= Most;

    /// <returns>Whether no earlier trace has any.</returns>
    public bool Add(long trace, HashSet<int> terms)
    {
        foreach (var term in terms) _entries.Add(new(trace, term));
        if (trace >= _first) return false;
        _first = trace;
        return true;
    }

    /// <summary>In the order of the index, so that neighbours are written together.</summary>
    public List<Entry> Sorted()
    {
        _entries.Sort();
        return _entries;
    }

    public void Clear()
    {
        _entries.Clear();
        _first = long.MaxValue;
    }

    internal readonly record struct Entry(long Trace, int Term) : IComparable<Entry>
    {
        public long Segment => TraceSchema.SegmentOf(Trace);

        public int CompareTo(Entry other)
        {
            var order = Segment.CompareTo(other.Segment);
            if (order == 0) order = Term.CompareTo(other.Term);
            return order == 0 ? Trace.CompareTo(other.Trace) : order;
        }
    }
}
