using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integr8sCode.LoadRuns;

/// <summary>Asks the trace store whether tracing at 100 % was 100 %: spans that an exporter had to drop would make it look cheap.</summary>
internal sealed class TraceCheck(Uri traces)
{
    private const int SpansOfAccept = 3; // the request, the write, the publish
    private static readonly TimeSpan ExportLimit = TimeSpan.FromSeconds(10);

    /// <returns>The share of answers whose trace is there with all its spans.</returns>
    public async Task<double> MeasureAsync(IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        await Task.Delay(ExportLimit, cancellationToken);
        using var http = new HttpClient { BaseAddress = traces };
        var whole = 0;
        foreach (var answer in answers)
        {
            if (await CountSpansAsync(http, (string)JsonNode.Parse(answer)!["trace_id"]!, cancellationToken) >= SpansOfAccept) whole++;
        }

        return (double)whole / answers.Count;
    }

    private static async Task<int> CountSpansAsync(HttpClient http, string traceId, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/api/traces/{traceId}", cancellationToken);
        if (!response.IsSuccessStatusCode) return 0;
        var trace = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return trace!["data"]![0]!["spans"]!.AsArray().Count;
    }
}
