using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

/// <summary>Files spans under their traces at once, and their search terms in the index a little later.</summary>
internal sealed class TraceWriter(TraceDatabase database, IOptions<TraceStoreOptions> options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PendingTerms _pending = new();
    private TermWriter? _terms;
    private TraceStatements? _statements;
    private OriginCatalog? _origins;
    private OperationCatalog? _operations;
    private long _next;
    private bool _isRecovered;
    private volatile bool _isIndexed;

    /// <summary>Whether a search finds everything that is stored; if not, <see cref="Index"/> sees to it.</summary>
    public bool IsIndexed => _isIndexed;

    /// <summary>Writes all spans of the batches as one transaction. A span that is already there is left alone, so an export that is sent twice counts once.</summary>
    public void Write(IReadOnlyList<SpanBatch> batches)
    {
        lock (_gate)
        {
            if (!_isRecovered || _pending.AreMany) Index();
            _isIndexed = false;
            InTransaction(() =>
            {
                foreach (var batch in batches)
                {
                    foreach (var (id, slice) in batch.Traces) batch.Refused += Write(id, slice);
                }

                return batches.Count;
            });
        }
    }

    /// <summary>Writes the search terms that wait, and before them those that an earlier process could not write any more.</summary>
    public void Index()
    {
        if (_isIndexed) return;
        lock (_gate)
        {
            while (!_isRecovered) _isRecovered = InTransaction(() => _terms!.Recover());
            if (!_isIndexed) _isIndexed = InTransaction(() => _terms!.Write());
        }
    }

    public void Dispose() => Forget();

    private T InTransaction<T>(Func<T> work)
    {
        try
        {
            return database.Write(connection =>
            {
                Prepare(connection);
                return work();
            });
        }
        catch
        {
            Forget(); // what was learnt inside the transaction went with it
            throw;
        }
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

    private void Save(TraceSummary trace, IEnumerable<ServiceShare> shares, HashSet<int> terms)
    {
        _statements!.Save(trace);
        foreach (var share in shares)
        {
            _statements.Add(trace.Id, share);
        }

        _terms!.Add(trace.Id, terms);
        _next = Math.Max(_next, trace.Id + 1);
    }

    private void Prepare(SqliteConnection connection)
    {
        if (_statements is null)
        {
            _statements = new TraceStatements(connection);
            _terms = new TermWriter(connection, _pending);
            _origins = new OriginCatalog(_statements);
            _operations = new OperationCatalog(_statements);
            _next = connection.Scalar("SELECT max(id) FROM traces") + 1;
        }
    }

    // The terms that wait are those of committed traces, and the file knows from which on: they are found there again.
    private void Forget()
    {
        (_isRecovered, _isIndexed) = (false, false);
        _pending.Clear();
        _terms?.Dispose();
        _statements?.Dispose();
        _statements = null;
    }
}
