using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.DeadLetters;

/// <summary>An admin of a running platform, who looks after its dead letters, and an outside producer who makes some.</summary>
internal sealed class DeadLetterAdmin(Uri api, string adminKey, string kafka) : IDisposable
{
    public const string Path = "/api/v1/admin/dead-letters";
    private const int LargestMessage = 2_000_000;

    private readonly IProducer<byte[], byte[]> _producer = new ProducerBuilder<byte[], byte[]>(
        new ProducerConfig { BootstrapServers = kafka, MessageMaxBytes = LargestMessage }).Build();

    public DeadLetterAdmin(LocalPlatform platform) : this(platform.Api, platform.Keys.Admin, platform.Kafka)
    {
    }

    public ApiUser Api { get; } = new(api, adminKey);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task SendAsync(byte[]? key, byte[]? value, Headers? headers = null, int partition = 0) => _producer.ProduceAsync(
        new TopicPartition(Topics.ExecutionEvents, partition), new() { Key = key!, Value = value!, Headers = headers }, Stop);

    /// <summary>Sends an event the way an outside producer inside the given trace does.</summary>
    public Task SendAsync(JsonObject message, string traceParent) => SendAsync(
        Encoding.UTF8.GetBytes(message["execution_id"]!.GetValue<string>()),
        Encoding.UTF8.GetBytes(message.ToJsonString()),
        OutsideClient.Headers(("event_type", message["type"]!.GetValue<string>()), ("traceparent", traceParent)));

    public static JsonObject Requested(Guid executionId, Guid? eventId = null, string type = EventTypes.ExecutionRequested) => new()
    {
        ["event_id"] = eventId ?? Guid.CreateVersion7(),
        ["type"] = type,
        ["time"] = "2026-01-01T00:00:00Z",
        ["execution_id"] = executionId.ToString(),
        ["sequence"] = 1,
        ["correlation_id"] = "from-outside",
        ["user_id"] = "user",
        ["service"] = "outside",
        ["data"] = new JsonObject { ["script"] = "print(1)", ["language"] = "python" },
    };

    /// <summary>The letter of that execution, once it is in that status.</summary>
    public async Task<JsonNode> GetLetterAsync(Guid executionId, string status)
    {
        var found = await Eventually.SeesAsync(
            async () => (await ListAsync($"?status={status}")).FirstOrDefault(
                letter => letter["execution_id"]?.GetValue<Guid>() == executionId),
            letter => letter is not null);
        return await Api.GetAsync($"{Path}/{found!["id"]}");
    }

    public async Task<IReadOnlyList<JsonNode>> ListAsync(string query) =>
        [.. (await Api.GetAsync($"{Path}{query}"))["items"]!.AsArray().Select(letter => letter!)];

    /// <summary>Puts a policy for the topic of execution events, and returns the answer.</summary>
    public async Task PutPolicyAsync(string strategy, int maxRetries, double baseDelaySeconds)
    {
        var policy = await Api.GetAsync($"{Path}/policies/{Topics.ExecutionEvents}");
        using var answer = await Api.Http.PutAsJsonAsync(
            $"{Path}/policies/{Topics.ExecutionEvents}",
            new
            {
                version = policy["version"]!.GetValue<long>(),
                strategy,
                max_retries = maxRetries,
                base_delay_seconds = baseDelaySeconds,
            },
            Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<JsonNode> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Api.PostAsync($"{Path}{path}", body ?? new { });
        var content = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {content}");
        return JsonNode.Parse(content)!;
    }

    /// <summary>
    /// An event whose handling fails until its execution exists: its id is taken, by an event that the same group never handles.
    /// </summary>
    public static async Task<(Guid ExecutionId, JsonObject Message)> NewFailingAsync(ApiUser user)
    {
        var other = await user.SubmitAsync("print(1)");
        await user.GetEndedAsync(other);
        var events = (await user.GetAsync($"/api/v1/executions/{other}/events"))["items"]!.AsArray();
        var taken = events.Single(e => e!["type"]!.GetValue<string>() == EventTypes.ExecutionScheduled)!["event_id"]!.GetValue<Guid>();
        var executionId = Guid.CreateVersion7();
        return (executionId, Requested(executionId, taken));
    }

    public void Dispose()
    {
        _producer.Dispose();
        Api.Dispose();
    }
}
