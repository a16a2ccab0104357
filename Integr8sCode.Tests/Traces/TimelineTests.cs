using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Traces;

/// <summary>An execution's timeline as its owner asks for it, of the running platform.</summary>
[Collection<SharedPlatform>]
public sealed class TimelineTests : IDisposable
{
    private static readonly TimeSpan ExportLimit = TimeSpan.FromMinutes(3);

    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;
    private readonly ApiUser _admin;

    public TimelineTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
        _admin = new(_platform.Api, _platform.Keys.Admin);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_times_add_up_to_the_microsecond()
    {
        var timeline = await ReadTimelineAsync(await _user.SubmitAsync("import time; time.sleep(0.2)"));
        var path = timeline["critical_path"]!.AsArray();

        foreach (var part in new[] { timeline["end_to_end"]!, timeline["response"]! })
        {
            Assert.Equal(Number(part, "duration_us"), part["time_by_category"]!.AsObject().Sum(time => time.Value!.GetValue<long>()));
        }

        Assert.Equal(Number(timeline["end_to_end"]!, "duration_us"), path.Sum(segment => Number(segment!, "duration_us")));
        Assert.Equal(0, Number(path[0]!, "start_us"));
        Assert.All(path.Zip(path.Skip(1)), pair =>
            Assert.Equal(Number(pair.First!, "start_us") + Number(pair.First!, "duration_us"), Number(pair.Second!, "start_us")));

        var run = timeline["spans"]!.AsArray().Single(span => span!["name"]!.GetValue<string>() == "sandbox.run")!;
        var seconds = run["attributes"]!["sandbox.run_seconds"]!.GetValue<double>();
        Assert.Equal(seconds * 1_000_000, Number(timeline["end_to_end"]!["time_by_category"]!, "script"), tolerance: 2);
    }

    [Fact]
    public async Task The_path_goes_from_the_request_through_every_service_until_the_script_has_run()
    {
        var timeline = await ReadTimelineAsync(await _user.SubmitAsync("print(42)"));
        var services = timeline["critical_path"]!.AsArray().Select(segment => segment!["service"]!.GetValue<string>()).Distinct();

        Assert.Equal(["integr8scode-backend", "saga-orchestrator", "execution-worker"], services.Take(3));
        Assert.Equal("POST /api/v1/execute", timeline["spans"]![0]!["name"]!.GetValue<string>());
        Assert.Empty(timeline["missing_spans"]!.AsArray());
        Assert.False(timeline["clock_skew"]!.GetValue<bool>());
        Assert.True(Number(timeline["response"]!, "duration_us") < Number(timeline["end_to_end"]!, "duration_us"));
    }

    [Fact]
    public async Task A_terminal_gets_a_waterfall()
    {
        var id = await _user.SubmitAsync("print(42)");
        await ReadTimelineAsync(id);

        using var response = await AskAsync(_user, id, "text/plain");
        var text = await response.Content.ReadAsStringAsync(Stop);
        TestContext.Current.TestOutputHelper?.WriteLine(text);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"execution {id}  completed", text, StringComparison.Ordinal);
        foreach (var expected in new[] { "script ", "integr8scode-backend", "saga-orchestrator", "execution-worker", "result-processor", "sandbox.run", "█" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("79")]
    [InlineData("401")]
    [InlineData("wide")]
    public async Task A_wrong_width_of_the_terminal_is_a_400_that_names_it(string columns)
    {
        using var response = await _user.Http.GetAsync($"/api/v1/executions/{Guid.CreateVersion7()}/trace?columns={columns}", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["columns"]);
    }

    [Fact]
    public async Task A_retry_has_a_timeline_of_its_own_that_names_what_it_repeats()
    {
        var first = await _user.SubmitAsync("echo 1", "bash");
        await _user.GetEndedAsync(first);
        using var accepted = await _user.PostAsync($"/api/v1/executions/{first}/retry");
        var retry = (await ApiUser.ReadAsync(accepted))["execution_id"]!.GetValue<Guid>();

        var timeline = await ReadTimelineAsync(retry);

        Assert.Equal(first, timeline["retry_of"]!.GetValue<Guid>());
        Assert.Equal("POST /api/v1/executions/{id}/retry", timeline["spans"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_the_owner_and_admins_see_a_timeline()
    {
        var own = await _user.SubmitAsync("echo 1", "bash");
        var foreign = await _admin.SubmitAsync("echo 1", "bash");
        await ReadTimelineAsync(own);

        using var seen = await AskAsync(_admin, own);
        using var hidden = await AskAsync(_user, foreign);
        using var unknown = await AskAsync(_user, Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_summary_tells_routes_and_topics_apart()
    {
        await ReadTimelineAsync(await _user.SubmitAsync("print(42)"));

        var summary = await _admin.GetAsync("/api/v1/traces/summary");
        var route = Named(summary["routes"]!, "POST /api/v1/execute");
        var topic = Named(summary["topics"]!, "execution_tasks");

        Assert.True(Number(route["durations"]!["end_to_end"]!, "p50_us") >= Number(route["durations"]!["response"]!, "p50_us"));
        Assert.True(Number(route["time_by_category"]!, "script") > 0);
        Assert.True(Number(topic, "count") > 0);
        Assert.True(topic["adjusted_count"]!.GetValue<double>() >= Number(topic, "count"));
        Assert.InRange(topic["error_share"]!.GetValue<double>(), 0, 1);
        Assert.True(Number(topic["durations"]!["handling"]!, "p99_us") > 0);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=1960-01-01T00:00:00Z", "to")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    public async Task A_wrong_range_is_a_400_that_names_the_parameter(string query, string parameter)
    {
        using var response = await _admin.Http.GetAsync($"/api/v1/traces/summary?{query}", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]![parameter]);
    }

    [Fact]
    public async Task The_summary_is_for_admins()
    {
        using var response = await _user.Http.GetAsync("/api/v1/traces/summary", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    public void Dispose()
    {
        _user.Dispose();
        _admin.Dispose();
    }

    /// <summary>The timeline once the spans of all processes have arrived.</summary>
    private async Task<JsonNode> ReadTimelineAsync(Guid id)
    {
        await _user.GetEndedAsync(id);

        return (await Eventually.SeesAsync(FindAsync, IsComplete, ExportLimit))!;

        async Task<JsonNode?> FindAsync()
        {
            using var response = await AskAsync(_user, id);
            return response.StatusCode is HttpStatusCode.OK ? await ApiUser.ReadAsync(response) : null;
        }
    }

    private static bool IsComplete(JsonNode? timeline) =>
        timeline?["missing_spans"]!.AsArray() is []
        && timeline["spans"]!.AsArray().Any(span => span!["name"]!.GetValue<string>() == "sandbox.run")
        && timeline["spans"]!.AsArray().Any(span => span!["service"]!.GetValue<string>() == "result-processor"
            && span["kind"]!.GetValue<string>() == "producer");

    private static Task<HttpResponseMessage> AskAsync(ApiUser user, Guid id, string accept = "application/json") =>
        user.Http.SendAsync(
            new(HttpMethod.Get, $"/api/v1/executions/{id}/trace") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(accept) } } }, Stop);

    private static JsonNode Named(JsonNode operations, string name) =>
        operations.AsArray().Single(operation => operation!["name"]!.GetValue<string>() == name)!;

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();
}
