namespace Integr8sCode.Spans;

/// <summary>Whole traces for a search. So that one answer cannot take all memory, no trace is added once it holds enough spans.</summary>
internal sealed class TraceSpans(TraceSearch search, TraceReader reader)
{
    private const int EnoughSpans = 200_000;

    public List<List<OwnedSpan>> Find(TraceQuery query, CancellationToken cancellationToken) =>
        Find(search.Find(query, cancellationToken).Select(trace => trace.TraceId), cancellationToken);

    /// <summary>Unknown ids are left out.</summary>
    public List<List<OwnedSpan>> Find(IEnumerable<TraceId> ids, CancellationToken cancellationToken)
    {
        var found = new List<List<OwnedSpan>>();
        var spans = 0;
        foreach (var id in ids.Distinct().Take(TraceQuery.MaxLimit))
        {
            if (reader.Find(id, cancellationToken) is { Count: > 0 } trace)
            {
                found.Add(trace);
                spans += trace.Count;
            }

            if (spans >= EnoughSpans)
            {
                break;
            }
        }

        return found;
    }
}
