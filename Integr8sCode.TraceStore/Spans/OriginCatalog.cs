namespace Integr8sCode.Spans;

/// <summary>
/// Remembers which origins the store has. Each is marked with the last segment of traces that uses it, so that it can go
/// when the last of these traces goes; marking by segment keeps that to one write per origin and 4096 traces.
/// </summary>
internal sealed class OriginCatalog(TraceStatements statements)
{
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<string, (long Id, long Segment)> _known = [];

    public long IdOf(IncomingOrigin origin, long segment)
    {
        if (_known.TryGetValue(origin.Hash, out var known) && known.Segment == segment)
        {
            return known.Id;
        }

        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        var id = statements.Save(origin, TraceSchema.LastOf(segment));
        _known[origin.Hash] = (id, segment);
        return id;
    }
}
