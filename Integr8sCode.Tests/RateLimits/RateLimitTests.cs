using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.RateLimits;

/// <summary>A user of the running platform who asks too much, as they see it, as the trace tells it, and as an admin can help.</summary>
[Collection<SharedPlatform>]
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Users = "/api/v1/admin/users";

    private readonly LocalPlatform _platform;
    private readonly ApiUser _admin;
    private readonly TraceReader _traces;
    private readonly string _id = $"limited-{Guid.CreateVersion7():N}";
    private ApiUser? _user;

    public RateLimitTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _admin = new(_platform.Api, _platform.Keys.Admin);
        _traces = new(_platform.Traces);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ApiUser User => _user!;

    public async ValueTask InitializeAsync()
    {
        using var user = await _admin.PostAsync(Users, new { user_id = _id });
        using var key = await _admin.PostAsync($"{Users}/{_id}/keys", new { });
        _user = new(_platform.Api, (await ApiUser.ReadAsync(key))["key"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_eleventh_execution_in_a_minute_is_rejected_by_name()
    {
        for (var left = 9; left >= 0; left--)
        {
            using var accepted = await SubmitAsync();
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
            Assert.Equal(("10", $"{left}"), (Header(accepted, "RateLimit-Limit"), Header(accepted, "RateLimit-Remaining")));
        }

        using var rejected = await SubmitAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, rejected.StatusCode);
        Assert.Equal("application/problem+json", rejected.Content.Headers.ContentType?.MediaType);
        var problem = await ApiUser.ReadAsync(rejected);
        Assert.Equal("execution", problem["rule"]!.GetValue<string>());
        Assert.Equal(10, problem["limit"]!.GetValue<int>());
        Assert.Equal(("10", "0"), (Header(rejected, "X-RateLimit-Limit"), Header(rejected, "X-RateLimit-Remaining")));
        Assert.InRange(rejected.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(Header(rejected, "RateLimit-Reset"), $"{rejected.Headers.RetryAfter.Delta.Value.TotalSeconds}");
        await User.GetAsync("/api/v1/users/me"); // another group
    }

    [Fact]
    public async Task The_trace_of_an_allowed_request_has_the_check_and_its_decision()
    {
        using var accepted = await SubmitAsync();
        var trace = (await ApiUser.ReadAsync(accepted))["trace_id"]!.GetValue<string>();

        var spans = await _traces.ReadWhenAsync(trace, IsRequestComplete);

        var server = spans.Single(span => span is { Kind: "server", Name: "POST /api/v1/execute" });
        var check = spans.Single(span => span.Name == "rate_limit.check");
        Assert.Equal(("internal", server.SpanId), (check.Kind, check.ParentId));
        Assert.Contains(spans, span => span.Kind == "client" && span.ParentId == check.SpanId);
        Assert.All([server, check], span => Tells(span, allowed: "true", "execution", "10", "9"));
    }

    [Fact]
    public async Task The_trace_of_a_rejected_request_names_the_effective_rule()
    {
        await PutAsync($"{Users}/{_id}/rate-limits", new
        {
            rules = new[] { new { name = "own-bucket", group = "execution", requests = 1, window_seconds = 3600, algorithm = "token_bucket" } },
        });
        using var rejected = await SubmitUntilRejectedAsync();
        Assert.Equal("own-bucket", (await ApiUser.ReadAsync(rejected))["rule"]!.GetValue<string>());

        var trace = TraceId;
        using var traced = await SubmitAsync(trace);
        var spans = await _traces.ReadWhenAsync(trace, IsRequestComplete);

        var server = spans.Single(span => span.Kind == "server");
        Assert.Equal("429", server.Text("http.response.status_code"));
        Assert.All([server, spans.Single(span => span.Name == "rate_limit.check")], span =>
        {
            Tells(span, allowed: "false", "own-bucket", "1", "0");
            Assert.Equal("token_bucket", span.Text("rate_limit.algorithm"));
            Assert.InRange(int.Parse(span.Text("rate_limit.reset_seconds")!, System.Globalization.CultureInfo.InvariantCulture), 1, 3600);
        });
        Assert.DoesNotContain(spans, span => span.Name == "kafka.publish");
    }

    [Fact]
    public async Task An_admin_sees_what_was_used_resets_it_and_gives_more()
    {
        using var first = await SubmitAsync();
        Assert.Equal(9, await RemainingAsync());

        using var reset = await _admin.PostAsync($"{Users}/{_id}/rate-limits/reset");
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal(10, await RemainingAsync());

        await PutAsync($"{Users}/{_id}/rate-limits", new { multiplier = 4, notes = "load test" });
        Assert.Equal(40, await RemainingAsync());
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await SubmitAsync();
            return Header(response, "RateLimit-Limit") == "40";
        });

        await PutAsync($"{Users}/{_id}/rate-limits", new { bypass = true });
        Assert.Equal([], (await _admin.GetAsync($"{Users}/{_id}/rate-limits"))["usage"]!.AsArray());
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await User.Http.GetAsync("/api/v1/users/me", Stop);
            return !response.Headers.Contains("RateLimit-Limit");
        });
    }

    [Fact]
    public async Task Whoever_is_not_behind_a_configured_proxy_is_counted_by_their_own_address()
    {
        var trace = TraceId;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/languages")
        {
            Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } },
        };
        using var anonymous = new ApiUser(_platform.Api, key: null);
        using var response = await anonymous.Http.SendAsync(request, Stop);
        Assert.Equal("60", Header(response, "RateLimit-Limit"));

        var spans = await _traces.ReadWhenAsync(trace, IsRequestComplete);

        Assert.Equal("127.0.0.1", spans.Single(span => span.Kind == "server").Text("client.address"));
    }

    [Theory]
    [InlineData("""{"version":0}""", "rules")]
    [InlineData("""{"rules":[]}""", "version")]
    [InlineData("""{"version":0,"rules":[null]}""", "rules[0]")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"nothing","requests":1,"window_seconds":1}]}""", "rules[0].group")]
    [InlineData("""{"version":0,"rules":[{"name":"X","group":"api","requests":1,"window_seconds":1}]}""", "rules[0].name")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"api","window_seconds":1}]}""", "rules[0].requests")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"api","requests":10001,"window_seconds":1}]}""", "rules[0].requests")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"api","requests":1,"window_seconds":90000}]}""", "rules[0].window_seconds")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"api","requests":1,"window_seconds":1,"burst":0.5}]}""", "rules[0].burst")]
    [InlineData("""{"version":0,"rules":[{"name":"x","group":"api","requests":1,"window_seconds":1,"priority":-1}]}""", "rules[0].priority")]
    public async Task A_wrong_rule_is_a_422_that_names_the_field(string json, string field)
    {
        using var response = await _admin.Http.PutAsync(
            "/api/v1/admin/rate-limits", new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]![field]);
    }

    public ValueTask DisposeAsync()
    {
        _user?.Dispose();
        _admin.Dispose();
        _traces.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string TraceId => Guid.CreateVersion7().ToString("N");

    private static bool IsRequestComplete(IReadOnlyList<StoredSpan> spans) => spans.Any(span => span.Kind == "server");

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static void Tells(StoredSpan span, string allowed, string rule, string limit, string remaining) => Assert.Equal(
        (allowed, rule, limit, remaining),
        (span.Text("rate_limit.allowed")!.ToLowerInvariant(), span.Text("rate_limit.rule"), span.Text("rate_limit.limit"), span.Text("rate_limit.remaining")));

    private async Task<HttpResponseMessage> SubmitAsync(string? trace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = JsonContent.Create(new { script = "echo 1", language = "bash" }),
        };
        if (trace is not null) request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        return await User.Http.SendAsync(request, Stop);
    }

    private Task<HttpResponseMessage> SubmitUntilRejectedAsync() =>
        Eventually.SeesAsync(() => SubmitAsync(), response => response.StatusCode is HttpStatusCode.TooManyRequests);

    private async Task<int> RemainingAsync()
    {
        var usage = (await _admin.GetAsync($"{Users}/{_id}/rate-limits"))["usage"]!.AsArray();
        return usage.Single(rule => rule!["rule"]!.GetValue<string>() == "execution")!["remaining"]!.GetValue<int>();
    }

    private async Task<JsonNode> PutAsync(string path, object body)
    {
        using var response = await _admin.Http.PutAsJsonAsync(path, body, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiUser.ReadAsync(response);
    }
}
