using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integr8sCode.Infrastructure;

/// <summary>Somebody with a key, who talks to the API over HTTP and reads its JSON as it is.</summary>
internal sealed class ApiUser : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    public ApiUser(Uri api, string? key)
    {
        // Another test's provider in this process would make spans of these requests, and parents that no trace store has.
        Http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = api };
        Http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Submits, expects 202 and returns the execution's id.</summary>
    public async Task<Guid> SubmitAsync(object body)
    {
        using var response = await PostAsync("/api/v1/execute", body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        return (await ReadAsync(response))["execution_id"]!.GetValue<Guid>();
    }

    public Task<Guid> SubmitAsync(string script, string language = "python") => SubmitAsync(new { script, language });

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => Http.PostAsJsonAsync(path, body, Stop);

    public async Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path, Stop);
        Assert.Equal(expected, response.StatusCode);

        return await ReadAsync(response);
    }

    public Task<JsonNode> GetAsync(Guid id) => GetAsync($"/api/v1/executions/{id}");

    /// <summary>The execution once it has ended and its result is stored.</summary>
    public Task<JsonNode> GetEndedAsync(Guid id) =>
        Eventually.SeesAsync(() => GetAsync(id), execution => execution["timestamps"]!["result_stored_at"] is not null, EndLimit);

    public Task<JsonNode> GetInAsync(Guid id, string status) =>
        Eventually.SeesAsync(() => GetAsync(id), execution => execution["status"]!.GetValue<string>() == status, EndLimit);

    public async Task<string[]> ListEventTypesAsync(Guid id) =>
        [.. (await GetAsync($"/api/v1/executions/{id}/events"))["items"]!.AsArray().Select(e => e!["type"]!.GetValue<string>())];

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop)) ?? throw new InvalidOperationException("The answer is null.");

    public void Dispose() => Http.Dispose();
}
