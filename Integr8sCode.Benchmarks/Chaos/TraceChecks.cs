using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Events;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>
/// Each execution's trace must be whole but for what killed processes took with them: every span that another one or a stored event
/// refers to has arrived, or a process that may have begun it was killed before it could say so.
/// </summary>
internal sealed class TraceChecks(Uri traces, StoreChecks store, FaultInjector faults) : IDisposable
{
    /// <summary>The longest from a span's start to its arrival: the longest script on a worker that is stopped, and the export.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(20);

    /// <summary>From this age on an unpublished event may be sent by any process.</summary>
    private static readonly TimeSpan RelayAge = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { BaseAddress = traces };
    private readonly Dictionary<string, DateTimeOffset> _lastSpans = [];

    public Check Check => new("each trace is whole but for the spans of killed processes", FindTornAsync);

    /// <summary>Spans that only a killed process can explain, at the last look.</summary>
    public int Excused { get; private set; }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<string>> FindTornAsync(CancellationToken cancellationToken)
    {
        var breaches = new List<string>();
        var read = new List<(Guid Id, IReadOnlyList<ExportedSpan> Spans, IReadOnlyList<Event> Events)>();
        foreach (var execution in await store.ListAsync(cancellationToken))
        {
            var events = await store.ListEventsAsync(execution.Id, cancellationToken);
            read.Add((execution.Id, await ReadAsync(events, cancellationToken), events));
        }

        foreach (var span in read.SelectMany(trace => trace.Spans))
        {
            _lastSpans[span.Instance] = _lastSpans.TryGetValue(span.Instance, out var last) && last > span.Start ? last : span.Start;
        }

        Excused = 0;
        foreach (var (id, spans, events) in read)
        {
            breaches.AddRange(FindTorn(spans, events).Select(torn => $"{id} {torn}"));
        }

        return breaches;
    }

    private IEnumerable<string> FindTorn(IReadOnlyList<ExportedSpan> spans, IReadOnlyList<Event> events)
    {
        var arrived = spans.Select(span => span.Id).ToHashSet();
        var contexts = events.Where(e => e.TraceContext != default).ToLookup(e => e.TraceContext.SpanId.ToString());
        var missing = spans.Select(span => span.ParentId).Concat(contexts.Select(context => context.Key))
            .OfType<string>().Distinct().Where(id => !arrived.Contains(id)).ToList();
        foreach (var id in missing)
        {
            var children = spans.Where(span => span.ParentId == id).ToList();
            if (contexts[id].Any(e => WasKilled(e.Service, e.Time, e.Time)) || children.Any(child => IsExcused(child, events)))
            {
                Excused++;
            }
            else
            {
                yield return $"lacks span {id}, which {string.Join(" and ", contexts[id].Select(e => $"the event {e.Type} of {e.Service}")
                    .Concat(children.Select(child => $"{child.Name} of {child.Service} at {child.Start:HH:mm:ss.fff}")))} refers to";
            }
        }
    }

    /// <summary>Whether the span's parent was in a process that was killed: in its own, or for a consumer in the message's producer.</summary>
    private bool IsExcused(ExportedSpan child, IReadOnlyList<Event> events)
    {
        if (child.Produced is not { } produced)
        {
            return faults.Injected.Any(fault => fault.Service == child.Service && IsIn(fault, child.Start, child.Start) && _lastSpans[child.Instance] <= fault.Done);
        }

        var message = events.FirstOrDefault(e => e.EventId == child.EventId);
        return message is null || produced - message.Time > RelayAge
            ? faults.Injected.Any(fault => IsIn(fault, produced, child.Start))
            : WasKilled(message.Service, produced, child.Start);
    }

    private bool WasKilled(string service, DateTimeOffset from, DateTimeOffset to) =>
        faults.Injected.Any(fault => fault.Service == service && IsIn(fault, from, to));

    private static bool IsIn(InjectedFault fault, DateTimeOffset from, DateTimeOffset to) =>
        fault.Signal is Signal.Kill && fault.Done >= from && fault.Done <= to + Unsaid;

    /// <summary>The execution's trace, and that of the request which cancelled it.</summary>
    private async Task<IReadOnlyList<ExportedSpan>> ReadAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        var spans = new List<ExportedSpan>();
        foreach (var traceId in events.Where(e => e.TraceContext != default).Select(e => e.TraceContext.TraceId.ToString()).Distinct())
        {
            spans.AddRange(await ReadAsync(traceId, cancellationToken));
        }

        return spans;
    }

    private async Task<IReadOnlyList<ExportedSpan>> ReadAsync(string traceId, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/api/traces/{traceId}", cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return [];
        }

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return ExportedSpan.ReadAll(answer!["data"]![0]!);
    }
}
