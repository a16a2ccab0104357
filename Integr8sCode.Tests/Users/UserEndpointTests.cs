using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Users;

/// <summary>What admins do about users and keys, and what the users see of it.</summary>
[Collection<SharedPlatform>]
public sealed class UserEndpointTests : IDisposable
{
    private const string Users = "/api/v1/admin/users";

    private readonly LocalPlatform _platform;
    private readonly ApiUser _admin;
    private readonly string _id = $"user-{Guid.CreateVersion7():N}";

    public UserEndpointTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _admin = new(_platform.Api, _platform.Keys.Admin);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_key_works_at_once_and_is_shown_only_once()
    {
        await CreateUserAsync();
        var created = await CreateKeyAsync(new { name = "laptop" });
        using var user = new ApiUser(_platform.Api, created["key"]!.GetValue<string>());

        Assert.Equal(_id, (await user.GetAsync("/api/v1/users/me"))["user_id"]!.GetValue<string>());
        var listed = Assert.Single((await _admin.GetAsync($"{Users}/{_id}/keys"))["items"]!.AsArray())!;
        Assert.Null(listed["key"]);
        Assert.Equal("laptop", listed["name"]!.GetValue<string>());
        Assert.StartsWith(listed["prefix"]!.GetValue<string>(), created["key"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_user_is_refused_and_let_in_again()
    {
        await CreateUserAsync();
        using var user = new ApiUser(_platform.Api, (await CreateKeyAsync(new { }))["key"]!.GetValue<string>());
        await user.GetAsync("/api/v1/users/me");

        await PatchAsync(new { disabled = true }, HttpStatusCode.OK);
        await AnswersAsync(user, HttpStatusCode.Unauthorized);

        await PatchAsync(new { disabled = false }, HttpStatusCode.OK);
        await AnswersAsync(user, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_role_counts_within_seconds()
    {
        await CreateUserAsync();
        using var user = new ApiUser(_platform.Api, (await CreateKeyAsync(new { }))["key"]!.GetValue<string>());
        using var refused = await user.Http.GetAsync(Users, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        await PatchAsync(new { role = "admin" }, HttpStatusCode.OK);

        await AnswersAsync(user, HttpStatusCode.OK, Users);
    }

    [Fact]
    public async Task A_rotated_key_works_on_only_for_its_overlap()
    {
        await CreateUserAsync();
        var first = await CreateKeyAsync(new { });
        var second = await RotateAsync(first, new { overlap_seconds = 3600 });
        using var old = new ApiUser(_platform.Api, first["key"]!.GetValue<string>());
        using var overlapping = new ApiUser(_platform.Api, second["key"]!.GetValue<string>());
        await old.GetAsync("/api/v1/users/me");
        await overlapping.GetAsync("/api/v1/users/me");

        var third = await RotateAsync(second, new { });

        await AnswersAsync(overlapping, HttpStatusCode.Unauthorized);
        await AnswersAsync(old, HttpStatusCode.OK);
        using var current = new ApiUser(_platform.Api, third["key"]!.GetValue<string>());
        await current.GetAsync("/api/v1/users/me");
    }

    [Fact]
    public async Task An_unknown_an_expired_a_deleted_and_a_disabled_user_s_key_are_answered_alike()
    {
        await CreateUserAsync();
        var expiring = await CreateKeyAsync(new { expires_at = TimeProvider.System.GetUtcNow().AddSeconds(1) });
        var deleted = await CreateKeyAsync(new { });
        using var deletion = await _admin.Http.DeleteAsync($"{Users}/{_id}/keys/{deleted["key_id"]}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);

        var unknown = await RefusalOfAsync(ApiKey.Generate());
        Assert.Equal(unknown, await RefusalOfAsync(deleted["key"]!.GetValue<string>()));
        Assert.Equal(unknown, await RefusalOfAsync(expiring["key"]!.GetValue<string>()));
        var last = await CreateKeyAsync(new { });
        await PatchAsync(new { disabled = true }, HttpStatusCode.OK);
        Assert.Equal(unknown, await RefusalOfAsync(last["key"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_deleted_user_s_keys_are_refused_and_do_not_come_back_with_the_id()
    {
        await CreateUserAsync();
        var key = (await CreateKeyAsync(new { }))["key"]!.GetValue<string>();
        using var deletion = await _admin.Http.DeleteAsync($"{Users}/{_id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);

        await CreateUserAsync();

        Assert.Equal([], (await _admin.GetAsync($"{Users}/{_id}/keys"))["items"]!.AsArray());
        await RefusalOfAsync(key);
    }

    [Fact]
    public async Task A_deleted_user_s_subscriptions_and_notifications_do_not_come_back_with_the_id()
    {
        await CreateUserAsync();
        using (var user = new ApiUser(_platform.Api, (await CreateKeyAsync(new { }))["key"]!.GetValue<string>()))
        {
            using var saved = await user.Http.PutAsJsonAsync(
                "/api/v1/notifications/subscriptions/webhook", new { url = "http://127.0.0.1:9/hook" }, Stop);
            using var tested = await user.PostAsync("/api/v1/notifications/subscriptions/in_app/test");
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Accepted), (saved.StatusCode, tested.StatusCode));
        }

        using var deletion = await _admin.Http.DeleteAsync($"{Users}/{_id}", Stop);
        await CreateUserAsync();

        using var next = new ApiUser(_platform.Api, (await CreateKeyAsync(new { }))["key"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, (await next.Http.GetAsync("/api/v1/notifications/subscriptions/webhook", Stop)).StatusCode);
        Assert.Empty((await next.GetAsync("/api/v1/notifications"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Pages_of_users_follow_one_another()
    {
        await CreateUserAsync();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _admin.GetAsync($"{Users}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["user_id"]!.GetValue<string>()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Superset(new HashSet<string> { "admin", "other", "user", _id }, seen.ToHashSet());
        Assert.Equal(seen.Distinct().Order(StringComparer.Ordinal), seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("../admin")]
    [InlineData(null)]
    public async Task A_wrong_user_id_is_named(string? id)
    {
        using var response = await _admin.PostAsync(Users, new { user_id = id });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["user_id"]);
    }

    [Fact]
    public async Task Wrong_keys_and_a_page_size_out_of_bounds_are_named()
    {
        await CreateUserAsync();

        await IsNamedAsync(await _admin.PostAsync($"{Users}/{_id}/keys", new { name = new string('x', 101) }), "name");
        await IsNamedAsync(await _admin.PostAsync($"{Users}/{_id}/keys", new { expires_at = "2020-01-01T00:00:00Z" }), "expires_at");
        await IsNamedAsync(await _admin.PostAsync($"{Users}/{_id}/keys/{Guid.CreateVersion7()}/rotate", new { overlap_seconds = -1 }), "overlap_seconds");
        await IsNamedAsync(await _admin.Http.GetAsync($"{Users}?limit=201", Stop), "limit");
    }

    [Fact]
    public async Task A_taken_id_is_a_409_and_so_is_locking_oneself_out()
    {
        await CreateUserAsync();

        using var again = await _admin.PostAsync(Users, new { user_id = _id });
        using var demotion = await _admin.Http.PatchAsJsonAsync($"{Users}/admin", new { role = "user" }, Stop);
        using var deletion = await _admin.Http.DeleteAsync($"{Users}/admin", Stop);

        Assert.All([again, demotion, deletion], response => Assert.Equal(HttpStatusCode.Conflict, response.StatusCode));
    }

    [Fact]
    public async Task The_number_of_keys_is_bounded()
    {
        await CreateUserAsync();
        for (var i = 0; i < 20; i++)
        {
            await CreateKeyAsync(new { });
        }

        using var response = await _admin.PostAsync($"{Users}/{_id}/keys", new { });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    public void Dispose() => _admin.Dispose();

    private static async Task IsNamedAsync(HttpResponseMessage response, string field)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]![field]);
        }
    }

    private static Task<HttpStatusCode> AnswersAsync(ApiUser user, HttpStatusCode expected, string path = "/api/v1/users/me") =>
        Eventually.SeesAsync(
            async () =>
            {
                using var response = await user.Http.GetAsync(path, Stop);
                return response.StatusCode;
            },
            status => status == expected);

    private async Task CreateUserAsync()
    {
        await CreatedAsync(Users, new { user_id = _id });
        using var unlimited = await _admin.Http.PutAsJsonAsync($"{Users}/{_id}/rate-limits", new { bypass = true }, Stop);
        Assert.Equal(HttpStatusCode.OK, unlimited.StatusCode);
    }

    private Task<JsonNode> CreateKeyAsync(object body) => CreatedAsync($"{Users}/{_id}/keys", body);

    private Task<JsonNode> RotateAsync(JsonNode key, object body) => CreatedAsync($"{Users}/{_id}/keys/{key["key_id"]}/rotate", body);

    private async Task<JsonNode> CreatedAsync(string path, object body)
    {
        using var response = await _admin.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await ApiUser.ReadAsync(response);
    }

    private async Task PatchAsync(object body, HttpStatusCode expected)
    {
        using var response = await _admin.Http.PatchAsJsonAsync($"{Users}/{_id}", body, Stop);
        Assert.Equal(expected, response.StatusCode);
    }

    /// <summary>Status, challenge and body, but for the trace id, once the key is refused.</summary>
    private async Task<string> RefusalOfAsync(string key)
    {
        using var stranger = new ApiUser(_platform.Api, key);
        await AnswersAsync(stranger, HttpStatusCode.Unauthorized);
        using var response = await stranger.Http.GetAsync("/api/v1/users/me", Stop);
        var problem = (await ApiUser.ReadAsync(response)).AsObject();
        problem.Remove("traceId");
        return $"{(int)response.StatusCode} {response.Headers.WwwAuthenticate} {problem.ToJsonString()}";
    }
}
