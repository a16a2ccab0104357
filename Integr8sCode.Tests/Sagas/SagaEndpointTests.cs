using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sagas;

[Collection<SharedPlatform>]
public sealed class SagaEndpointTests : IDisposable
{
    private readonly ApiUser _user;
    private readonly ApiUser _other;
    private readonly ApiUser _admin;

    public SagaEndpointTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _user = new(platform.Api, platform.Keys.User);
        _other = new(platform.Api, PlatformFixture.OtherKey);
        _admin = new(platform.Api, platform.Keys.Admin);
    }

    [Fact]
    public async Task The_saga_of_a_completed_execution_has_done_every_step_and_undone_none()
    {
        var saga = await EndedAsync(_user, await _user.SubmitAsync("echo 1", "bash"));

        Assert.Equal("completed", saga["status"]!.GetValue<string>());
        Assert.Equal(["validate", "allocate", "schedule", "await_outcome"], TextsOf(saga["completed_steps"]));
        Assert.Empty(TextsOf(saga["compensated_steps"]));
        Assert.Equal(saga["execution_id"]!.GetValue<string>(), saga["saga_id"]!.GetValue<string>());
        Assert.Equal(saga.ToJsonString(), (await _admin.GetAsync(saga["links"]!["self"]!.GetValue<string>())).ToJsonString());
    }

    [Fact]
    public async Task Users_list_their_own_sagas_and_admins_all_by_status_and_page()
    {
        var mine = await _other.SubmitAsync("echo 1", "bash");
        var foreign = await _user.SubmitAsync("echo 1", "bash");
        await EndedAsync(_other, mine);
        await EndedAsync(_user, foreign);

        Assert.All(await ListAsync(_other, "limit=200"), saga => Assert.Equal("other", saga["user_id"]!.GetValue<string>()));
        Assert.Contains(await ListAsync(_other, "status=completed"), saga => IsOf(saga, mine));
        Assert.DoesNotContain(await ListAsync(_other, "status=failed"), saga => IsOf(saga, mine));

        var all = new List<JsonNode>();
        for (var cursor = ""; cursor is not null && !all.Any(saga => IsOf(saga, mine));)
        {
            var page = await _admin.GetAsync($"/api/v1/sagas?limit=1{cursor}");
            all.Add(Assert.Single(page["items"]!.AsArray())!);
            cursor = page["next_cursor"] is { } next ? $"&cursor={next.GetValue<string>()}" : null;
        }

        Assert.Contains(all, saga => IsOf(saga, foreign));
        Assert.Equal(all.Count, all.Select(saga => saga["saga_id"]!.GetValue<string>()).Distinct().Count());
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=1", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task A_wrong_query_is_answered_with_its_field(string query, string field)
    {
        using var response = await _user.Http.GetAsync($"/api/v1/sagas?{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([field], (await ApiUser.ReadAsync(response))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("/api/v1/sagas/01a2027e-404c-79cb-b549-3bf3ca0c17fc", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/executions/01a2027e-404c-79cb-b549-3bf3ca0c17fc/saga", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/sagas/x", HttpStatusCode.BadRequest)]
    public async Task An_unknown_saga_is_not_found(string path, HttpStatusCode expected)
    {
        using var response = await _admin.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_priority_that_does_not_exist_is_a_bad_request()
    {
        using var response = await _user.PostAsync("/api/v1/execute", new { script = "echo 1", language = "bash", priority = "urgent" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["priority"], (await ApiUser.ReadAsync(response))["errors"]!.AsObject().Select(error => error.Key));
    }

    public void Dispose()
    {
        _user.Dispose();
        _other.Dispose();
        _admin.Dispose();
    }

    private static Task<JsonNode> EndedAsync(ApiUser user, Guid id) => Eventually.SeesAsync(
        async () =>
        {
            using var response = await user.Http.GetAsync($"/api/v1/executions/{id}/saga", TestContext.Current.CancellationToken);
            return await ApiUser.ReadAsync(response);
        },
        saga => saga["saga_id"] is not null && saga["deadline"] is null);

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(ApiUser user, string query) =>
        [.. (await user.GetAsync($"/api/v1/sagas?{query}"))["items"]!.AsArray().Select(saga => saga!)];

    private static bool IsOf(JsonNode saga, Guid id) => saga["execution_id"]!.GetValue<Guid>() == id;

    private static IEnumerable<string> TextsOf(JsonNode? list) => list!.AsArray().Select(item => item!.GetValue<string>());
}
