using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.DeadLetters;

/// <summary>What an admin sees of dead letters and does about them, and how a wrong request is answered.</summary>
[Collection<SharedPlatform>]
public sealed class DeadLetterApiTests : IDisposable
{
    private readonly DeadLetterAdmin _admin;
    private readonly string _unknown = Guid.CreateVersion7().ToString();

    public DeadLetterApiTests(PlatformFixture fixture) => _admin = new(fixture.Join());

    [Fact]
    public async Task A_letter_is_discarded_once_and_only_with_a_reason()
    {
        var id = await NewDeadAsync();

        var missing = await _admin.PostAsync($"/{id}/discard", new { }, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(missing["errors"]!["reason"]);
        Assert.NotNull(missing["traceId"]);
        var discarded = await _admin.PostAsync($"/{id}/discard", new { reason = "only a test" });
        Assert.Equal("discarded", discarded["status"]!.GetValue<string>());
        var last = discarded["transitions"]!.AsArray()[^1]!;
        Assert.Equal(("admin", "only a test"), (last["by"]!.GetValue<string>(), last["why"]!.GetValue<string>()));

        foreach (var action in new[] { "retry", "archive", "discard" })
        {
            var refused = await _admin.PostAsync($"/{id}/{action}", new { reason = "again" }, HttpStatusCode.Conflict);
            Assert.Contains("discarded", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dead_letter_is_archived()
    {
        var archived = await _admin.PostAsync($"/{await NewDeadAsync()}/archive");

        Assert.Equal("archived", archived["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_several_letters_the_refused_are_named_and_the_progress_of_the_others_is_told()
    {
        var (first, second) = (await NewDeadAsync(), await NewDeadAsync());
        await _admin.PostAsync($"/{second}/discard", new { reason = "only a test" });

        var accepted = await _admin.PostAsync("/retries", new { ids = new[] { first, second, _unknown } }, HttpStatusCode.Accepted);

        Assert.Equal(1, accepted["accepted"]!.GetValue<int>());
        Assert.Equal(
            new[] { second, _unknown }.Order(StringComparer.Ordinal),
            accepted["refused"]!.AsArray().Select(refused => refused!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        var done = await Eventually.SeesAsync(
            () => _admin.Api.GetAsync(accepted["progress"]!.GetValue<string>()), progress => progress["by_status"]!["dead"] is not null);
        Assert.Equal((1, 1), (done["total"]!.GetValue<int>(), done["done"]!.GetValue<int>())); // it cannot be read, so it is dead again
    }

    [Fact]
    public async Task Letters_are_counted_by_status_topic_and_kind_of_failure()
    {
        var letter = await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/{await NewDeadAsync()}");

        var stats = await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/stats");
        Assert.True(stats["by_status"]!["dead"]!.GetValue<int>() > 0);
        Assert.True(stats["by_topic"]!["execution_events"]!.GetValue<int>() > 0);
        Assert.True(stats["ages"]!["oldest_seconds"]!.GetValue<double>() > 0);
        var topics = (await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/topics"))["items"]!.AsArray();
        Assert.Contains(topics, topic => topic!["topic"]!.GetValue<string>() == "execution_events");
        var groups = (await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/groups"))["items"]!.AsArray();
        var fingerprint = letter["failure"]!["fingerprint"]!.GetValue<string>();
        Assert.Contains(groups, group => group!["fingerprint"]!.GetValue<string>() == fingerprint);
        Assert.NotEmpty(await _admin.ListAsync($"?fingerprint={fingerprint}"));
        Assert.Contains($"/trace/{letter["trace_id"]}", letter["links"]!["trace"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strategy", "{\"version\":0}")]
    [InlineData("version", "{\"strategy\":\"manual\"}")]
    [InlineData("max_retries", "{\"version\":0,\"strategy\":\"manual\",\"max_retries\":101}")]
    [InlineData("base_delay_seconds", "{\"version\":0,\"strategy\":\"manual\",\"base_delay_seconds\":0}")]
    [InlineData("max_delay_seconds", "{\"version\":0,\"strategy\":\"manual\",\"base_delay_seconds\":10,\"max_delay_seconds\":5}")]
    [InlineData("multiplier", "{\"version\":0,\"strategy\":\"manual\",\"multiplier\":0.5}")]
    [InlineData("max_age_seconds", "{\"version\":0,\"strategy\":\"manual\",\"max_age_seconds\":0}")]
    public async Task A_policy_out_of_bounds_is_refused_by_field(string field, string body)
    {
        using var answer = await PutAsync("execution_tasks", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(answer))["errors"]![field]);
    }

    [Fact]
    public async Task There_is_a_policy_for_each_topic_that_events_travel_on_and_for_no_other()
    {
        var policies = await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/policies");

        Assert.Equal(
            ["execution_events", "execution_tasks", "notification_events"],
            policies["items"]!.AsArray().Select(policy => policy!["topic"]!.GetValue<string>()).Order());
        await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/policies/trace_keep", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_edit_without_an_execution_is_refused_by_field()
    {
        var refused = await _admin.PostAsync(
            $"/{_unknown}/edit-and-retry", new { reason = "r", value = DeadLetterAdmin.Requested(Guid.Empty) }, HttpStatusCode.UnprocessableEntity);

        Assert.NotNull(refused["errors"]!["value.execution_id"]);
    }

    [Fact]
    public async Task A_policy_that_somebody_else_has_changed_is_a_conflict_and_of_an_unknown_topic_there_is_none()
    {
        var version = (await _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/policies/notification_events"))["version"]!.GetValue<long>();
        var body = $$"""{"version":{{version}},"strategy":"fixed_interval","max_retries":10,"base_delay_seconds":10}""";

        using var saved = await PutAsync("notification_events", body);
        using var stale = await PutAsync("notification_events", body);
        using var unknown = await PutAsync("dead_letter_queue", body);
        using var noEvents = await PutAsync("trace_keep", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (saved.StatusCode, stale.StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, noEvents.StatusCode));
        Assert.Equal("admin", (await ApiUser.ReadAsync(saved))["updated_by"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("status", "?status=lost")]
    [InlineData("from", "?from=yesterday")]
    [InlineData("cursor", "?cursor=1")]
    [InlineData("limit", "?limit=201")]
    [InlineData("id", "/not-an-id")]
    public async Task A_wrong_query_is_refused_by_field(string field, string query)
    {
        using var answer = await _admin.Api.Http.GetAsync($"{DeadLetterAdmin.Path}{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(answer))["errors"]![field]);
    }

    [Theory]
    [InlineData("value", "{\"reason\":\"r\"}")]
    [InlineData("value", "{\"reason\":\"r\",\"value\":{\"type\":\"execution.requested\"}}")]
    [InlineData("reason", "{\"value\":{}}")]
    public async Task An_edit_that_is_no_event_is_refused_by_field(string field, string body)
    {
        var refused = await _admin.PostAsync($"/{_unknown}/edit-and-retry", JsonNode.Parse(body), HttpStatusCode.UnprocessableEntity);

        Assert.NotNull(refused["errors"]![field]);
    }

    [Fact]
    public async Task Of_several_retries_that_are_all_refused_there_is_no_progress()
    {
        var refused = await _admin.PostAsync("/retries", new { ids = new[] { _unknown } }, HttpStatusCode.Accepted);

        Assert.Equal(0, refused["accepted"]!.GetValue<int>());
        Assert.Null(refused["progress"]);
        Assert.Equal("There is no such letter.", refused["refused"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await _admin.PostAsync($"/{_unknown}/retry", new { }, HttpStatusCode.NotFound);
        await _admin.PostAsync($"/{_unknown}/discard", new { reason = "r" }, HttpStatusCode.NotFound);
        using var progress = await _admin.Api.Http.GetAsync($"{DeadLetterAdmin.Path}/retries/{_unknown}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, progress.StatusCode);
    }

    public void Dispose() => _admin.Dispose();

    private async Task<string> NewDeadAsync()
    {
        var executionId = Guid.CreateVersion7();
        var message = DeadLetterAdmin.Requested(executionId, type: "execution.unheard_of");
        await _admin.SendAsync(Encoding.UTF8.GetBytes($"{executionId}"), Encoding.UTF8.GetBytes(message.ToJsonString()));
        return (await _admin.GetLetterAsync(executionId, "dead"))["id"]!.GetValue<string>();
    }

    private Task<HttpResponseMessage> PutAsync(string topic, string body) => _admin.Api.Http.PutAsync(
        $"{DeadLetterAdmin.Path}/policies/{topic}", JsonContent.Create(JsonNode.Parse(body)), TestContext.Current.CancellationToken);
}
