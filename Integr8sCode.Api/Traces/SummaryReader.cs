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
        try
        {
            var truncated = await CollectAsync(samples, filter, stop.Token);
            return ViewOf(samples, truncated);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && samples.Routes is not [])
        {
            return ViewOf(samples, truncated: true);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw TraceBackendException.Away("nothing was read within Traces:SummaryTimeout", exception);
        }

        SummaryView ViewOf(Samples read, bool truncated) => new(filter.From, filter.To, truncated, read.Routes, read.Topics);
    }

    /// <returns>Whether there is more than was read.</returns>
    private async Task<bool> CollectAsync(Samples samples, SummaryFilter filter, CancellationToken cancellationToken)
    {
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

        return truncated;
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
