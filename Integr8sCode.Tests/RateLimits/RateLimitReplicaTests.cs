using System.Net;
using System.Net.Http.Json;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.RateLimits;

/// <summary>Two processes of the API on one store, behind a proxy that they trust.</summary>
public sealed class RateLimitReplicaTests
{
    private const string Rules = "/api/v1/admin/rate-limits";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_see_a_change_of_the_rules_at_run_time_and_count_together()
    {
        await using var one = await PlatformUnderTest.StartAsync(ApiOnly, Stop);
        await using var two = await PlatformUnderTest.StartAsync(
            options => ApiOnly(options).With("ConnectionStrings__integr8scode", $"Data Source={one.Platform.Database}", Services.Backend), Stop);
        using var admin = new ApiUser(one.Platform.Api, one.Platform.Keys.Admin);
        Uri[] replicas = [one.Platform.Api, two.Platform.Api];
        Assert.Equal(0, (await admin.GetAsync(Rules))["version"]!.GetValue<int>());

        using var change = await PutAsync(admin, version: 0);
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);
        using var late = await PutAsync(admin, version: 0);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        foreach (var replica in replicas)
        {
            await Eventually.HoldsAsync(async () => (await AskAsync(replica, "203.0.113.1")).Limit == "5");
        }

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add((await AskAsync(replicas[i % 2], $"198.51.100.{i}, 203.0.113.7")).Status); // what the client claims stands first
        }

        Assert.Equal(5, answers.Count(status => status is HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(status => status is HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(replicas[0], "203.0.113.8")).Status);
        Assert.Equal("4", (await AskAsync(replicas[1], "2001:db8:0:1::1")).Remaining);
        Assert.Equal("3", (await AskAsync(replicas[0], "2001:db8:0:1:ffff::2")).Remaining); // the same /64
    }

    private static PlatformOptions ApiOnly(PlatformOptions options) =>
        (options with { Without = Services.Roles.Append(Services.TraceStore).ToHashSet() }).With("Proxies__Trusted__0", "127.0.0.0/8", Services.Backend);

    private static Task<HttpResponseMessage> PutAsync(ApiUser admin, int version) => admin.Http.PutAsJsonAsync(
        Rules, new { version, rules = new[] { new { name = "all", group = "api", requests = 5, window_seconds = 3600 } } }, Stop);

    private static async Task<(HttpStatusCode Status, string? Limit, string? Remaining)> AskAsync(Uri replica, string forwardedFor)
    {
        using var http = new HttpClient { BaseAddress = replica, DefaultRequestHeaders = { { "X-Forwarded-For", forwardedFor } } };
        using var response = await http.GetAsync("/api/v1/languages", Stop);
        return (response.StatusCode, Header("RateLimit-Limit"), Header("RateLimit-Remaining"));

        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
