using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

[Collection<SharedPlatform>]
public sealed class EventApiTests : IDisposable
{
    private const string FullStory = "execution.requested execution.scheduled execution.started execution.completed result.stored";

    private readonly ApiUser _user;
    private readonly ApiUser _other;
    private readonly ApiUser _admin;
    private readonly string _correlation = $"=events-{Guid.CreateVersion7()}";

    public EventApiTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _user = new(platform.Api, platform.Keys.User);
        _user.Http.DefaultRequestHeaders.Add("X-Correlation-ID", _correlation);
        _other = new(platform.Api, PlatformFixture.OtherKey);
        _admin = new(platform.Api, platform.Keys.Admin);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Matching => $"correlation_id={Uri.EscapeDataString(_correlation)}";

    [Fact]
    public async Task Events_are_found_by_correlation_page_by_page_in_both_directions()
    {
        await RunAsync();

        Assert.Equal(FullStory, string.Join(' ', await TypesAsync("order=asc&limit=2")));
        Assert.Equal(FullStory.Split(' ').Reverse(), await TypesAsync("limit=1"));
        Assert.Equal(["execution.started", "execution.completed"], await TypesAsync("order=asc&types=execution.completed,execution.started"));
        Assert.Equal(["result.stored"], await TypesAsync("service=result-processor&types=result.stored"));
        Assert.Empty(await TypesAsync("to=2020-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task One_s_events_are_nobody_else_s_but_the_admins()
    {
        var id = await RunAsync();
        var first = (await _user.GetAsync($"/api/v1/executions/{id}/events"))["items"]![0]!["event_id"]!.ToString();

        Assert.Equal("execution.requested", (await _user.GetAsync($"/api/v1/events/{first}"))["type"]!.ToString());
        Assert.Empty((await _other.GetAsync($"/api/v1/events?{Matching}"))["items"]!.AsArray());
        Assert.Null((await _other.GetAsync($"/api/v1/admin/events?{Matching}", HttpStatusCode.Forbidden))["items"]);
        Assert.Equal(5, (await _admin.GetAsync($"/api/v1/admin/events?user_id=user&execution_id={id}"))["items"]!.AsArray().Count);
        Assert.Empty((await _admin.GetAsync($"/api/v1/admin/events?user_id=other&execution_id={id}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Statistics_count_by_type_service_and_hour()
    {
        await RunAsync();

        var counted = await _user.GetAsync($"/api/v1/events/statistics?{Matching}");

        Assert.Equal(5, counted["total"]!.GetValue<long>());
        Assert.Equal(1, counted["by_type"]!["execution.completed"]!.GetValue<long>());
        Assert.Equal(1, counted["by_service"]!["result-processor"]!.GetValue<long>());
        Assert.Equal(5, counted["by_hour"]!.AsArray().Sum(hour => hour!["count"]!.GetValue<long>()));
    }

    [Fact]
    public async Task An_export_has_a_line_for_each_event()
    {
        var id = await RunAsync();

        using var ndjson = await _admin.Http.GetAsync($"/api/v1/admin/events/export?execution_id={id}", Stop);
        using var csv = await _admin.Http.GetAsync($"/api/v1/admin/events/export?execution_id={id}&format=csv&limit=3", Stop);

        Assert.Equal("attachment; filename=events.ndjson", ndjson.Content.Headers.ContentDisposition?.ToString());
        var lines = (await ndjson.Content.ReadAsStringAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(FullStory, string.Join(' ', lines.Select(line => JsonNode.Parse(line)!["type"]!.ToString())));
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        var rows = (await csv.Content.ReadAsStringAsync(Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, rows.Length);
        Assert.All(rows.Skip(1), row => Assert.Contains($",\"'{_correlation}\",", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("types=nothing", "types")]
    [InlineData("execution_id=1", "execution_id")]
    [InlineData("from=yesterday", "from")]
    [InlineData("order=up", "order")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=01a2027e-404c-79cb-b549-3bf3ca0c17fc", "cursor")]
    [InlineData("service=", "service")]
    public async Task A_wrong_query_is_named(string query, string field) =>
        Assert.NotNull((await _user.GetAsync($"/api/v1/events?{query}", HttpStatusCode.BadRequest))["errors"]![field]);

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"quoted\", text", "\"a \"\"quoted\"\", text\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("", "\"\"")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, CsvFormat.Cell(text));

    public void Dispose()
    {
        _user.Dispose();
        _other.Dispose();
        _admin.Dispose();
    }

    private async Task<Guid> RunAsync()
    {
        var id = await _user.SubmitAsync("print(1)");
        await _user.GetEndedAsync(id);
        return id;
    }

    private async Task<IReadOnlyList<string>> TypesAsync(string query)
    {
        var types = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _user.GetAsync($"/api/v1/events?{Matching}&{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
            types.AddRange(page["items"]!.AsArray().Select(item => item!["type"]!.ToString()));
            cursor = page["next_cursor"]?.ToString();
        }
        while (cursor is not null);

        return types;
    }
}
