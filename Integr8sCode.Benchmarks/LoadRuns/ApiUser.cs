using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integr8sCode.LoadRuns;

/// <summary>Somebody with a key who talks to the API over HTTP.</summary>
internal sealed class ApiUser : IDisposable
{
    private static readonly TimeSpan LanguagesLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LanguagesInterval = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;

    public ApiUser(Uri api, string key)
    {
        _http = new() { BaseAddress = api };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<Guid> SubmitAsync(string language, string script, CancellationToken cancellationToken) =>
        SubmitAsync(new { script, language }, cancellationToken);

    public async Task<Guid> SubmitAsync(object request, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync("/api/v1/execute", request, cancellationToken);
        var answer = await ReadAsync(response, HttpStatusCode.Accepted, cancellationToken);
        return answer["execution_id"]!.GetValue<Guid>();
    }

    public async Task<JsonNode> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/api/v1/executions/{id}", cancellationToken);
        return await ReadAsync(response, HttpStatusCode.OK, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListEventTypesAsync(Guid id, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/api/v1/executions/{id}/events", cancellationToken);
        var answer = await ReadAsync(response, HttpStatusCode.OK, cancellationToken);
        return [.. answer["items"]!.AsArray().Select(item => (string)item!["type"]!)];
    }

    public async Task WaitForLanguagesAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LanguagesLimit);
        while (await _http.GetFromJsonAsync<JsonNode>("/api/v1/languages", limit.Token) is not { } answer || answer["items"]!.AsArray() is [])
        {
            await Task.Delay(LanguagesInterval, limit.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.StatusCode == expected
            ? JsonNode.Parse(body)!
            : throw new LoadException($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {body}");
    }
}
