using System.Net;

namespace Integr8sCode.Traces;

public sealed class SearchTests(SearchTests.FilledStore filled) : IClassFixture<SearchTests.FilledStore>
{
    private const long Second = 1_000_000_000;
    private const long Epoch = 1_760_000_000 * Second;
    private const string Fast = "00000000000000000000000000000001", Slow = "00000000000000000000000000000002", Failed = "00000000000000000000000000000003";

    private readonly RunningTraceStore _store = filled.Store;

    [Theory]
    [InlineData("", Failed, Slow, Fast)]
    [InlineData("limit=1", Failed)]
    [InlineData("service=api", Failed, Slow, Fast)]
    [InlineData("service=worker", Slow, Fast)]
    [InlineData("service=nobody")]
    [InlineData("service=api&operation=POST+/run", Slow, Fast)]
    [InlineData("operation=run", Slow, Fast)]
    [InlineData("service=worker&operation=POST+/run")]
    [InlineData("tag=user:ann", Slow, Fast)]
    [InlineData("service=api&tag=user:ann", Fast)]
    [InlineData("service=api&tag=user:ann&tag=count:7", Fast)]
    [InlineData("tag=user:ann&tag=language:python")]
    [InlineData("tags={\"user\":\"bob\"}", Slow)]
    [InlineData("tag=error:true", Failed)]
    [InlineData("tag=ok:false&tag=share:1.5", Failed)]
    [InlineData("tag=event:retry", Failed)]
    [InlineData("tag=span.kind:server", Slow, Fast)]
    [InlineData("tag=host.name:blue", Slow)]
    [InlineData("service=worker&tag=host.name:blue", Slow)]
    [InlineData("service=api&tag=host.name:blue")]
    [InlineData("minDuration=2s", Slow)]
    [InlineData("maxDuration=200ms", Failed)]
    [InlineData("service=worker&minDuration=2s")]
    [InlineData("service=worker&minDuration=600ms&maxDuration=1.5s", Slow)]
    [InlineData("start=1760000005000000", Failed, Slow)]
    [InlineData("start=1760000005000000&end=1760000015000000", Slow)]
    [InlineData("service=api&end=1760000005000000", Fast)]
    [InlineData("traceID=1&traceID=3", Fast, Failed)]
    // As a Jaeger UI and as Grafana's data source send them.
    [InlineData("end=1760000025000000&limit=20&lookback=1h&maxDuration&minDuration&service=worker&start=1759996425000000", Slow, Fast)]
    [InlineData("service=api&operation=POST%20%2Frun&tags=%7B%22user%22%3A%22bob%22%7D&minDuration=&maxDuration=&limit=1500&start=1759996425000000&end=1760000025000000", Slow)]
    public async Task Each_condition_selects_its_traces_newest_first(string query, params string[] expected)
    {
        var found = (await _store.GetAsync($"/api/traces?{query}"))["data"]!.AsArray();
        Assert.Equal(expected, found.Select(trace => (string?)trace!["traceID"]));
    }

    [Theory]
    [InlineData("/api/traces?limit=0", "limit")]
    [InlineData("/api/traces?limit=1501", "limit")]
    [InlineData("/api/traces?start=now", "start")]
    [InlineData("/api/traces?minDuration=2parsecs", "minDuration")]
    [InlineData("/api/traces?tag=nocolon", "tag")]
    [InlineData("/api/traces?tags=[", "tags")]
    [InlineData("/api/traces?traceID=xyz", "xyz")]
    [InlineData("/api/operations?service=api&spanKind=odd", "spanKind")]
    [InlineData("/api/v3/traces?query.startTimeMin=2025-01-01T00:00:00Z", "query.startTimeMax")]
    [InlineData("/api/v3/trace-summaries?query.startTimeMin=x&query.startTimeMax=y", "query.startTimeMin")]
    [InlineData("/api/v3/operations", "service")]
    public async Task A_wrong_parameter_is_400_and_named(string path, string named)
    {
        using var response = await _store.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_found_by_tags_of_each_of_its_exports()
    {
        await using var store = await RunningTraceStore.StartAsync();
        await store.SendAsync(SentSpan.Request(new SentSpan(Fast, "0000000000000001", "first") { Tags = [("user", "ann")] }));
        await store.SendAsync(SentSpan.Request(new SentSpan(Fast, "0000000000000002", "later") { Service = "late", Tags = [("user", "cid")] }));
        foreach (var user in new[] { "ann", "cid" })
        {
            var found = (await store.GetAsync($"/api/trace-list?tag=user:{user}"))["traces"]!.AsArray();
            Assert.Equal((Fast, 2), ((string?)found.Single()!["traceId"], (int?)found.Single()!["spans"]));
        }
    }

    public sealed class FilledStore : IAsyncLifetime
    {
        internal RunningTraceStore Store { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Store = await RunningTraceStore.StartAsync();
            await Store.SendAsync(SentSpan.Request(
                new SentSpan(Fast, "0000000000000001", "POST /run") { Service = "api", Kind = 2, Start = Epoch, Duration = Second, Tags = [("user", "ann"), ("count", 7L)] },
                new SentSpan(Fast, "0000000000000002", "run") { ParentId = "0000000000000001", Start = Epoch, Duration = Second / 2, Tags = [("language", "python")] }));
            await Store.SendAsync(SentSpan.Request(
                new SentSpan(Slow, "0000000000000001", "POST /run") { Service = "api", Kind = 2, Start = Epoch + (10 * Second), Duration = 5 * Second, Tags = [("user", "bob")] },
                new SentSpan(Slow, "0000000000000002", "run") { ParentId = "0000000000000001", Start = Epoch + (10 * Second), Duration = Second, Resource = [("host.name", "blue")], Tags = [("user", "ann")] }));
            await Store.SendAsync(SentSpan.Request(
                new SentSpan(Failed, "0000000000000001", "GET /") { Service = "api", Start = Epoch + (20 * Second), Duration = Second / 10, Status = 2, Events = ["retry"], Tags = [("ok", false), ("share", 1.5)] }));
        }

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }
}
