using System.Diagnostics;
using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Traces;

/// <summary>Reads a bounded number of traces for each route, for a bounded time, and adds them up.</summary>
internal sealed class SummaryReader(TraceBackend backend, ServiceName service, IOptions<TraceQueryOptions> options, TimeProvider clock)
{
    /// <summary>Far more than the API has.</summary>
    private const int MaxRoutes = 512;

    public async Task<SummaryView> ReadAsync(SummaryFilter filter, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.SummaryTimeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var samples = new Samples();
        var incomplete = new List<string>();
        var all = await InTimeAsync(() => backend.ListRoutesAsync(service.Value, stop.Token));
        var routes = all.Take(MaxRoutes).ToList();
        var (isCut, failure) = (all.Count > MaxRoutes, default(TraceBackendException));
        foreach (var route in routes)
        {
            try
            {
                isCut |= await InTimeAsync(() => CollectAsync(samples, route, filter, stop.Token));
            }
            catch (TraceBackendException exception)
            {
                failure = exception;
                incomplete.Add(route);
            }
        }

        return failure is not null && incomplete.Count == routes.Count && samples.IsEmpty
            ? throw failure
            : new(filter.From, filter.To, isCut || incomplete.Count > 0, incomplete, samples.Routes, samples.Topics);

        async Task<T> InTimeAsync<T>(Func<Task<T>> ask)
        {
            try
            {
                return await ask();
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw TraceBackendException.Away("nothing was read within Traces:SummaryTimeout", exception);
            }
        }
    }

    /// <returns>Whether there is more than was read.</returns>
    private async Task<bool> CollectAsync(Samples samples, string route, SummaryFilter filter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var traces = await backend.SearchAsync(service.Value, route, filter, cancellationToken);
        foreach (var spans in traces)
        {
            samples.Add(spans, route, cancellationToken);
        }

        return traces.Count == filter.Limit;
    }

    /// <summary>A trace may be found for more than one of its requests; each of its spans counts once.</summary>
    private sealed class Samples
    {
        private readonly Dictionary<string, OperationSample> _requests = [];
        private readonly Dictionary<string, OperationSample> _messages = [];

        public bool IsEmpty => _requests.Count == 0;
        public IReadOnlyList<OperationSummary> Routes => OperationSummary.Of(_requests.Values);
        public IReadOnlyList<OperationSummary> Topics => OperationSummary.Of(_messages.Values);

        // Who sends many requests within one trace makes it long work.
        public void Add(IReadOnlyList<TraceSpan> spans, string route, CancellationToken cancellationToken)
        {
            foreach (var request in spans.Where(span => span.Name == route && span.Kind is ActivityKind.Server))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var tree = SpanTree.From(spans, request.SpanId);
                _requests.TryAdd(request.SpanId, OperationSample.OfRequest(tree));
                foreach (var consume in tree.Nodes.Where(node => node.Span.Kind is ActivityKind.Consumer))
                {
                    _messages.TryAdd(consume.Span.SpanId, OperationSample.OfMessage(tree, consume));
                }
            }
        }
    }
}
