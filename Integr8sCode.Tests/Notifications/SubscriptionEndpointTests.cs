using System.Net;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Notifications;

[Collection<SharedPlatform>]
public sealed class SubscriptionEndpointTests(PlatformFixture fixture) : IAsyncLifetime
{
    private readonly ApiUser _user = new(fixture.Join().Api, PlatformFixture.NotifiedKey);

    public static TheoryData<string, object, string> Wrong => new()
    {
        { "webhook", new { }, "url" },
        { "webhook", new { url = "ftp://example.org/" }, "url" },
        { "webhook", new { url = "http://example.org/" }, "url" },
        { "webhook", new { url = "https://user:password@example.org/" }, "url" },
        { "webhook", new { url = "https://example.org:25/" }, "url" },
        { "webhook", new { url = "https://10.0.0.1/" }, "url" },
        { "webhook", new { url = "https://169.254.169.254/latest/meta-data" }, "url" },
        { "webhook", new { url = "https://[::1]/" }, "url" },
        { "slack", new { url = "https://example.org/services/x" }, "url" },
        { "in_app", new { url = "https://example.org/" }, "url" },
        { "in_app", new { throttle = new { max = 1, window_minutes = 1 } }, "throttle" },
        { "webhook", new { url = "https://example.org/", include_tags = new[] { "white space" } }, "include_tags" },
        { "webhook", new { url = "https://example.org/", events = new[] { "execution.requested" } }, "events" },
        { "webhook", new { url = "https://example.org/", throttle = new { max = 0, window_minutes = 1 } }, "throttle.max" },
        { "webhook", new { url = "https://example.org/", throttle = new { max = 1, window_minutes = 5000 } }, "throttle.window_minutes" },
        { "webhook", new { url = "https://example.org/", quiet_hours = new { start = "22:00", end = "25:00" } }, "quiet_hours.end" },
        { "webhook", new { url = "https://example.org/", quiet_hours = new { start = "22:00", end = "07:00", time_zone = "Mars/Olympus" } }, "quiet_hours.time_zone" },
        { "slack", new { url = "https://hooks.slack.com/services/x", rotate_secret = true }, "rotate_secret" },
    };

    public async ValueTask InitializeAsync() => await _user.UnsubscribeAsync();

    public async ValueTask DisposeAsync()
    {
        await _user.UnsubscribeAsync();
        _user.Dispose();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string channel, object body, string field)
    {
        using var response = await _user.PutAsync(channel, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal([field], (await ApiUser.ReadAsync(response))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("GET", "/api/v1/notifications/subscriptions/pigeon", "channel")]
    [InlineData("GET", "/api/v1/notifications/1", "id")]
    [InlineData("GET", "/api/v1/notifications?status=lost", "status")]
    [InlineData("GET", "/api/v1/notifications?channel=pigeon", "channel")]
    [InlineData("GET", "/api/v1/notifications?severity=1", "severity")]
    [InlineData("GET", "/api/v1/notifications?include_tag=a%20b", "include_tag")]
    [InlineData("GET", "/api/v1/notifications?tag_prefix=%25", "tag_prefix")]
    [InlineData("GET", "/api/v1/notifications?cursor=x", "cursor")]
    [InlineData("GET", "/api/v1/notifications?limit=1000", "limit")]
    public async Task A_wrong_parameter_is_named(string method, string path, string field)
    {
        using var response = await _user.Http.SendAsync(new(new(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([field], (await ApiUser.ReadAsync(response))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task The_secret_is_shown_when_it_is_made_and_the_address_never()
    {
        const string Url = "https://example.org/hooks/path-secret?token=query-secret";

        using var created = await _user.PutAsync("webhook", new { url = Url });
        var first = await ApiUser.ReadAsync(created);
        var kept = await _user.SubscribeAsync("webhook", new { enabled = false });
        var rotated = await _user.SubscribeAsync("webhook", new { rotate_secret = true });
        var shown = await _user.GetAsync($"{NotifiedUser.Subscriptions}/webhook");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.StartsWith("whsec_", first["secret"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(kept["secret"]);
        Assert.NotEqual(first["secret"]!.ToString(), rotated["secret"]!.ToString());
        Assert.Null(shown["secret"]);
        Assert.All([first, kept, rotated, shown], view => Assert.Equal("https://example.org/***", view["url"]!.ToString()));
    }

    [Fact]
    public async Task Of_many_who_subscribe_at_once_one_is_shown_the_secret()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await _user.PutAsync("webhook", new { url = "https://example.org/hook" });
            return (response.StatusCode, Secret: (await ApiUser.ReadAsync(response))["secret"]);
        }));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.Single(answers, answer => answer.Secret is not null);
    }

    [Fact]
    public async Task A_subscription_is_answered_as_it_was_given()
    {
        await _user.SubscribeAsync("slack", new
        {
            url = "https://hooks.slack.com/services/T0/B0/x",
            severities = new[] { "high", "urgent" },
            include_tags = new[] { "failed" },
            events = new[] { "execution.failed" },
            quiet_hours = new { start = "22:00", end = "07:00", time_zone = "Europe/Vienna" },
            throttle = new { max = 5, window_minutes = 60 },
        });

        var shown = await _user.GetAsync($"{NotifiedUser.Subscriptions}/slack");

        Assert.Equal(["high", "urgent"], shown["severities"]!.AsArray().Select(severity => severity!.ToString()));
        Assert.Equal(("22:00", "Europe/Vienna"), (shown["quiet_hours"]!["start"]!.ToString(), shown["quiet_hours"]!["time_zone"]!.ToString()));
        Assert.Equal(5, shown["throttle"]!["max"]!.GetValue<int>());
    }

    [Fact]
    public async Task In_app_is_on_by_default_and_again_when_its_subscription_is_deleted()
    {
        await _user.SubscribeAsync("in_app", new { enabled = false });
        Assert.False(await IsEnabledAsync());
        await _user.UnsubscribeAsync();

        Assert.True(await IsEnabledAsync());
        using var none = await _user.Http.GetAsync($"{NotifiedUser.Subscriptions}/webhook", TestContext.Current.CancellationToken);
        using var test = await _user.PostAsync($"{NotifiedUser.Subscriptions}/webhook/test");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (none.StatusCode, test.StatusCode));

        async Task<bool> IsEnabledAsync()
        {
            var only = Assert.Single((await _user.GetAsync(NotifiedUser.Subscriptions))["items"]!.AsArray())!;
            Assert.Equal("in_app", only["channel"]!.ToString());
            return only["enabled"]!.GetValue<bool>();
        }
    }
}
