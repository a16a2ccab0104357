using System.Net;
using System.Text.Json.Nodes;

namespace Integr8sCode.Infrastructure;

/// <summary>Reads traces through Jaeger's query API, as people's tools do.</summary>
internal sealed class TraceReader(Uri store) : IDisposable
{
    private static readonly TimeSpan ExportLimit = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new() { BaseAddress = store };

    /// <summary>The trace, once it has a span that satisfies the condition.</summary>
    public Task<IReadOnlyList<StoredSpan>> ReadAsync(string traceId, Func<StoredSpan, bool> last) =>
        ReadWhenAsync(traceId, spans => spans.Any(last));

    public Task<IReadOnlyList<StoredSpan>> ReadWhenAsync(string traceId, Func<IReadOnlyList<StoredSpan>, bool> complete) =>
        Eventually.SeesAsync(() => FindAsync(traceId), complete, ExportLimit);

    /// <summary>What is stored of the trace by now.</summary>
    public async Task<IReadOnlyList<StoredSpan>> FindAsync(string traceId)
    {
        using var response = await _http.GetAsync($"/api/traces/{traceId}", TestContext.Current.CancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return [];
        }

        response.EnsureSuccessStatusCode();
        var trace = (await ApiUser.ReadAsync(response))["data"]![0]!;
        var processes = trace["processes"]!.AsObject();

        return [.. trace["spans"]!.AsArray().Select(span => Of(span!, processes))];
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    public void Dispose() => _http.Dispose();

    private static StoredSpan Of(JsonNode span, JsonObject processes)
    {
        var tags = span["tags"]!.AsArray().ToDictionary(tag => tag!["key"]!.GetValue<string>(), tag => tag!["value"]);
        var references = span["references"]!.AsArray();
        var parent = references.FirstOrDefault(r => r!["refType"]!.GetValue<string>() == "CHILD_OF");

        return new(
            processes[span["processID"]!.GetValue<string>()]!["serviceName"]!.GetValue<string>(),
            span["operationName"]!.GetValue<string>(),
            tags.TryGetValue("span.kind", out var kind) ? kind!.GetValue<string>() : "unspecified",
            span["spanID"]!.GetValue<string>(),
            parent?["spanID"]!.GetValue<string>(),
            tags)
        {
            Links = [.. references.Where(r => r != parent).Select(r => $"{r!["traceID"]}/{r["spanID"]}")],
        };
    }
}
