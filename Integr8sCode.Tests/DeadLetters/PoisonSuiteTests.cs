using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.DeadLetters;

/// <summary>Everything that can be wrong with a message, through the running platform.</summary>
[Collection<SharedPlatform>]
public sealed class PoisonSuiteTests : IDisposable
{
    private readonly DeadLetterAdmin _admin;
    private readonly ApiUser _user;
    private readonly string _mark = Guid.CreateVersion7().ToString();

    public PoisonSuiteTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _admin = new(platform);
        _user = new(platform.Api, platform.Keys.User);
    }

    [Fact]
    public async Task No_poison_stops_a_partition_and_each_is_seen_with_its_bytes()
    {
        var poison = Poison();
        foreach (var (name, value) in poison)
        {
            await _admin.SendAsync(Encoding.UTF8.GetBytes($"{_mark} {name}"), value, Odd());
        }

        await _admin.SendAsync(key: null, Encoding.UTF8.GetBytes($"{_mark} null key"), Odd());
        await AssertFlowsOnAsync();

        var letters = await Eventually.SeesAsync(FindAsync, found => found.Count == poison.Count + 1);
        foreach (var (name, value) in poison)
        {
            AssertKept(letters.Single(letter => TextOf(letter, "key") == $"{_mark} {name}"), value);
        }

        Assert.Contains(letters, letter => letter["message"]!["key"] is null && TextOf(letter, "value") == $"{_mark} null key");
    }

    public void Dispose()
    {
        _admin.Dispose();
        _user.Dispose();
    }

    private static Dictionary<string, byte[]?> Poison()
    {
        var (random, large) = (new byte[512], new byte[1024 * 1024]);
        new Random(1).NextBytes(random);
        new Random(2).NextBytes(large);
        var id = Guid.CreateVersion7();
        var (noId, noType) = (DeadLetterAdmin.Requested(id), DeadLetterAdmin.Requested(id));
        noId.Remove("execution_id");
        noType["type"] = "execution.unheard_of";
        return new()
        {
            ["tombstone"] = null,
            ["empty"] = [],
            ["random bytes"] = random,
            ["1 MB"] = large,
            ["wrong JSON"] = "{\"event_id\":"u8.ToArray(),
            ["JSON null"] = "null"u8.ToArray(),
            ["wrong type"] = "{\"event_id\":1}"u8.ToArray(),
            ["missing field"] = Encoding.UTF8.GetBytes(noId.ToJsonString()),
            ["unknown event type"] = Encoding.UTF8.GetBytes(noType.ToJsonString()),
        };
    }

    private static Headers Odd() => OutsideClient.Headers(
        ("event_id", "nonsense"), ("traceparent", "nonsense"), ("twice", "1"), ("twice", "2"), ("empty", ""), ("null", null));

    /// <summary>What lies behind the poison on its partition is executed.</summary>
    private async Task AssertFlowsOnAsync()
    {
        var executionId = Guid.CreateVersion7();
        await _admin.SendAsync(
            Encoding.UTF8.GetBytes($"{executionId}"), Encoding.UTF8.GetBytes(DeadLetterAdmin.Requested(executionId).ToJsonString()));
        await Eventually.HoldsAsync(async () =>
        {
            using var found = await _user.Http.GetAsync($"/api/v1/executions/{executionId}", TestContext.Current.CancellationToken);
            return found.IsSuccessStatusCode;
        });
        await _user.GetEndedAsync(executionId);
    }

    /// <summary>This test's letters: dead, since no retry would make them readable.</summary>
    private async Task<List<JsonNode>> FindAsync()
    {
        var found = new List<JsonNode>();
        foreach (var listed in await _admin.ListAsync("?status=dead&topic=execution_events&consumer_group=saga-orchestrator&limit=50"))
        {
            var letter = await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/{listed["id"]}");
            if ($"{TextOf(letter, "key")} {TextOf(letter, "value")}".Contains(_mark, StringComparison.Ordinal))
            {
                found.Add(letter);
            }
        }

        return found;
    }

    private static string? TextOf(JsonNode letter, string part) => letter["message"]![part]?["text"]?.GetValue<string>();

    private static void AssertKept(JsonNode letter, byte[]? value)
    {
        var kept = letter["message"]!["value"];
        Assert.Equal(value, kept is null ? null
            : kept["encoding"]!.GetValue<string>() == "base64" ? Convert.FromBase64String(kept["text"]!.GetValue<string>())
            : Encoding.UTF8.GetBytes(kept["text"]!.GetValue<string>()));
        Assert.Equal(
            Odd().Select(header => (header.Key, header.GetValueBytes() is { } text ? Encoding.UTF8.GetString(text) : null)),
            letter["message"]!["headers"]!.AsArray().Select(header =>
                (header!["name"]!.GetValue<string>(), header["value"]?["text"]?.GetValue<string>())));
        Assert.Contains(letter["failure"]!["stage"]!.GetValue<string>(), new[] { "decode", "validate" });
    }
}
