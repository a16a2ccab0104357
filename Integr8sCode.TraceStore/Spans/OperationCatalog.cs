namespace Integr8sCode.Spans;

/// <summary>Remembers which operations the store lists, each marked like an origin with the last segment that has it.</summary>
internal sealed class OperationCatalog(TraceStatements statements)
{
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<(string Service, string Name, SpanKind Kind), long> _known = [];

    public void Add(IncomingSpan span, long segment)
    {
        var operation = (span.Origin.Service, span.Name, span.Kind);
        if (_known.TryGetValue(operation, out var known) && known == segment)
        {
            return;
        }

        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        statements.SaveOperation.Run(span.Origin.Service, span.Name, (long)span.Kind, TraceSchema.LastOf(segment));
        _known[operation] = segment;
    }
}
