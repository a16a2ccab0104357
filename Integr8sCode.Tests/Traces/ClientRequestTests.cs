using System.Text.Json.Nodes;

namespace Integr8sCode.Traces;

/// <summary>Jaeger's UI and Grafana get what they read, whichever of their versions asks.</summary>
public sealed class ClientRequestTests : IAsyncLifetime
{
    private RunningTraceStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await RunningTraceStore.StartAsync();
        await _store.SendAsync(SentSpan.Request(
            new SentSpan(ClientRequests.Id, "00f067aa0ba902b7", "POST /run")
            {
                Service = "api gateway",
                Kind = 2,
                Duration = 4_000_000,
                Tags = [("http.route", "/run")],
            },
            new SentSpan(ClientRequests.Id, "00f067aa0ba902b8", "run it")
            {
                ParentId = "00f067aa0ba902b7",
                Kind = 5,
                Start = 1_760_000_000_001_000_000,
                Status = 2,
                Events = ["exception"],
                Links = [("00000000000000000000000000000000", "00f067aa0ba902b9")],
                Tags = [("nothing", DBNull.Value), ("share", double.NaN), ("n", 7L)],
            }));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(ClientRequests.Answered), MemberType = typeof(ClientRequests))]
    public Task Gets_what_it_reads(string client, string request, string reads) => AnswersAsync(client, request, 200, reads);

    [Theory]
    [MemberData(nameof(ClientRequests.Refused), MemberType = typeof(ClientRequests))]
    public Task Is_told_why_not(string client, string request, int status, string reads) => AnswersAsync(client, request, status, reads);

    private async Task AnswersAsync(string client, string request, int status, string reads)
    {
        using var response = await _store.Client.GetAsync(new Uri(request, UriKind.Relative), TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(status == (int)response.StatusCode, $"{client}: {(int)response.StatusCode} {answer}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(Has(JsonNode.Parse(answer), JsonNode.Parse(reads)), $"{client}: {answer}");
    }

    /// <summary>Whether all that is wanted is there. Objects may have more, arrays may not; an empty link or attribute would be one more.</summary>
    private static bool Has(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        (JsonObject whole, JsonObject part) => part.All(wish => whole.TryGetPropertyValue(wish.Key, out var value) && Has(value, wish.Value)),
        (JsonArray all, JsonArray expected) => all.Count == expected.Count && all.Zip(expected).All(pair => Has(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(actual, wanted),
    };
}
