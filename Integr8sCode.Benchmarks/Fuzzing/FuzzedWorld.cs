using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Integr8sCode.Events;
using Integr8sCode.LoadRuns;

namespace Integr8sCode.Fuzzing;

/// <summary>Something of everything, so that requests about it get further than to a 404.</summary>
internal sealed class FuzzedWorld(PlatformUnderLoad platform, HttpClient http)
{
    private static readonly TimeSpan LetterLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LetterInterval = TimeSpan.FromMilliseconds(100);

    private Uri Api => platform.Platform.Api;

    private string Admin => platform.Platform.Keys.Admin;

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])[platform.Platform.Keys.User, Admin])
        {
            await PostAsync("/api/v1/execute?wait=5", """{"script":"echo 1","language":"bash"}""", key, cancellationToken);
        }

        for (var i = 0; i < 3; i++)
        {
            var user = $"fuzzed-{Guid.CreateVersion7():N}";
            await PostAsync("/api/v1/admin/users", new JsonObject { ["user_id"] = user }.ToJsonString(), Admin, cancellationToken);
            await PostAsync($"/api/v1/admin/users/{user}/keys", "{}", Admin, cancellationToken);
            await PostAsync("/api/v1/admin/replays", """{"filter":{"user_id":"user"},"dry_run":true}""", Admin, cancellationToken);
        }

        await PostAsync("/api/v1/notifications/subscriptions/in_app/test", "{}", Admin, cancellationToken);
        await BreakAsync(cancellationToken);
    }

    /// <summary>Messages that nobody can read, until the first of them is a dead letter.</summary>
    private async Task BreakAsync(CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = platform.Platform.Kafka }).Build();
        for (var i = 0; i < 5; i++)
        {
            await producer.ProduceAsync(Topics.ExecutionEvents, new() { Key = [(byte)i], Value = Encoding.UTF8.GetBytes($"no event {i}") }, cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LetterLimit);
        while (!(await SendAsync(HttpMethod.Get, "/api/v1/admin/dead-letters?status=dead", null, Admin, limit.Token)).Contains("\"dead\"", StringComparison.Ordinal))
        {
            await Task.Delay(LetterInterval, limit.Token);
        }
    }

    private Task<string> PostAsync(string path, string body, string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, key, cancellationToken);

    private async Task<string> SendAsync(HttpMethod method, string path, string? body, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
