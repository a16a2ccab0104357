using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

/// <summary>Files spans under their traces. Used by one thread at a time.</summary>
internal sealed class TraceWriter(TraceDatabase database, IOptions<TraceStoreOptions> options, TimeProvider time) : IDisposable
{
    private readonly List<(long Segment, int Term, long Trace)> _terms = [];
    private TraceStatements? _statements;
    private OriginCatalog? _origins;
    private OperationCatalog? _operations;
    private long _next;

    /// <summary>Writes all spans of the batches as one transaction. A span that is already there is left alone, so an export that is sent twice counts once.</summary>
    public void Write(IReadOnlyList<SpanBatch> batches)
    {
        try
        {
            database.Write(connection => Write(connection, batches));
        }
        catch
        {
            Forget(); // what was learnt inside the transaction went with it
            throw;
        }
    }

    public void Dispose() => Forget();

    private int Write(SqliteConnection connection, IReadOnlyList<SpanBatch> batches)
    {
        Prepare(connection);
        _terms.Clear();
        foreach (var batch in batches)
        {
            foreach (var (id, slice) in batch.Traces)
            {
                batch.Refused += Write(id, slice);
            }
        }

        _terms.Sort(); // neighbours in the index are written together
        foreach (var (segment, term, trace) in _terms)
        {
            _statements!.AddTerm.Run(segment, term, trace);
        }

        return _terms.Count;
    }

    private int Write(TraceId traceId, TraceSlice slice)
    {
        var trace = _statements!.Find(traceId) ??
            new TraceSummary { Id = _next, TraceId = traceId, Received = time.GetUtcNow().ToUnixTimeMilliseconds() };
        var room = Math.Max(0, options.Value.MaxSpansPerTrace - trace.Spans);
        var known = trace.Spans;
        var segment = TraceSchema.SegmentOf(Math.Max(_next, trace.Id));
        var shares = new Dictionary<string, ServiceShare>();
        foreach (var span in slice.Spans.Take((int)Math.Min(room, int.MaxValue)))
        {
            var origin = _origins!.IdOf(span.Origin, segment);
            if (_statements.AddSpan(trace.Id, origin, span))
            {
                trace.Add(span);
                shares[span.Origin.Service] = shares.TryGetValue(span.Origin.Service, out var share) ? share.Plus(ServiceShare.Of(span)) : ServiceShare.Of(span);
                slice.Terms.Add(SearchTerm.Origin(origin));
                _operations!.Add(span, segment);
            }
        }

        if (trace.Spans > known)
        {
            Save(trace, shares.Values, slice.Terms);
        }

        return (int)Math.Max(0, slice.Spans.Count - room);
    }

    private void Save(TraceSummary trace, IEnumerable<ServiceShare> shares, IEnumerable<int> terms)
    {
        _statements!.Save(trace);
        foreach (var share in shares)
        {
            _statements.Add(trace.Id, share);
        }

        var segment = TraceSchema.SegmentOf(trace.Id);
        _terms.AddRange(terms.Select(term => (segment, term, trace.Id)));
        _next = Math.Max(_next, trace.Id + 1);
    }

    private void Prepare(SqliteConnection connection)
    {
        if (_statements is null)
        {
            _statements = new TraceStatements(connection);
            _origins = new OriginCatalog(_statements);
            _operations = new OperationCatalog(_statements);
            _next = connection.Scalar("SELECT max(id) FROM traces") + 1;
        }
    }

    private void Forget()
    {
        _statements?.Dispose();
        _statements = null;
    }
}
