using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integr8sCode.LoadRuns;

/// <summary>Reads executions' traces from the trace store.</summary>
internal sealed class StoredTraces(Uri store) : IDisposable
{
    private const int Services = 4; // at least the Api, the saga, the worker and the result processor

    private readonly HttpClient _http = new() { BaseAddress = store };

    public async Task<StoredTrace> FindAsync(string traceId, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/api/traces/{traceId}", cancellationToken);
        if (!response.IsSuccessStatusCode) return StoredTrace.None;
        var trace = (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["data"]![0]!;
        JsonNode[] spans = [.. trace["spans"]!.AsArray().Select(span => span!)];
        return new(spans.Length, IsWhole(trace, spans));
    }

    public void Dispose() => _http.Dispose();

    private static bool IsWhole(JsonNode trace, JsonNode[] spans)
    {
        var ids = spans.Select(span => (string)span["spanID"]!).ToHashSet();
        var parents = spans.Select(ParentOf).ToList();
        return parents.Count(parent => parent is null) == 1
            && parents.TrueForAll(parent => parent is null || ids.Contains(parent))
            && trace["processes"]!.AsObject().Select(process => (string)process.Value!["serviceName"]!).Distinct().Count() >= Services
            && Array.Exists(spans, span => (string?)span["operationName"] == "sandbox.run")
            && Array.Exists(spans, span => HasTag(span, "event.type", "result.stored"))
            && Array.Exists(spans, span => HasTag(span, "saga.step", "await_outcome"));
    }

    private static string? ParentOf(JsonNode span) =>
        (string?)span["references"]!.AsArray().FirstOrDefault(reference => (string?)reference!["refType"] == "CHILD_OF")?["spanID"];

    private static bool HasTag(JsonNode span, string key, string value) =>
        span["tags"]!.AsArray().Any(tag => (string?)tag!["key"] == key && tag["value"]!.ToString() == value);
}
