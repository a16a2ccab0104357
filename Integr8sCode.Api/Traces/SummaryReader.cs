using System.Diagnostics;
using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Traces;

/// <summary>Reads a bounded number of traces for each route and adds them up.</summary>
internal sealed class SummaryReader(TraceBackend backend, ServiceName service, IOptions<TraceQueryOptions> options, TimeProvider clock)
{
    /// <summary>Far more than the API has.</summary>
    private const int MaxRoutes = 512;

    public async Task<SummaryView> ReadAsync(SummaryFilter filter, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.SummaryTimeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await CollectAsync(filter, stop.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw TraceBackendException.Away("the summary takes longer than Traces:SummaryTimeout", exception);
        }
    }

    private async Task<SummaryView> CollectAsync(SummaryFilter filter, CancellationToken cancellationToken)
    {
        var samples = new Samples();
        var truncated = false;
        foreach (var route in (await backend.ListRoutesAsync(service.Value, cancellationToken)).Take(MaxRoutes))
        {
            var traces = await backend.SearchAsync(service.Value, route, filter, cancellationToken);
            truncated |= traces.Count == filter.Limit;
            foreach (var spans in traces)
            {
                samples.Add(spans, route);
            }
        }

        return new(filter.From, filter.To, truncated, samples.Routes, samples.Topics);
    }

    /// <summary>A trace may be found for more than one of its requests; each of its spans counts once.</summary>
    private sealed class Samples
    {
        private readonly Dictionary<string, OperationSample> _requests = [];
        private readonly Dictionary<string, OperationSample> _messages = [];

        public IReadOnlyList<OperationSummary> Routes => OperationSummary.Of(_requests.Values);
        public IReadOnlyList<OperationSummary> Topics => OperationSummary.Of(_messages.Values);

        public void Add(IReadOnlyList<TraceSpan> spans, string route)
        {
            foreach (var request in spans.Where(span => span.Name == route && span.Kind is ActivityKind.Server))
            {
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
