using System.Collections.Concurrent;
using System.Net;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Users;

/// <summary>An API whose configuration names nobody: how the first admin gets in, and what happens to somebody who tries keys.</summary>
public sealed class FirstAdminTests
{
    private const string Announcement = "The first admin is 'admin'. Its API key is shown only now: ";

    private readonly ConcurrentQueue<string> _lines = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_at_the_first_start_and_its_key_printed_once()
    {
        await using var test = await PlatformUnderTest.StartAsync(WithoutKeys, (_, line) => _lines.Enqueue(line), Stop);
        await Eventually.HoldsAsync(() => Announced().Any());
        using var admin = new ApiUser(test.Platform.Api, Assert.Single(Announced()));

        Assert.Equal("admin", (await admin.GetAsync("/api/v1/users/me"))["role"]!.GetValue<string>());

        var backend = test.Platform[Services.Backend];
        await backend.StopAsync(TimeSpan.FromSeconds(10));
        await backend.StartAsync(Stop);
        using var again = new ApiUser(test.Platform.Api, Assert.Single(Announced()));
        Assert.NotNull((await again.GetAsync("/api/v1/admin/users/admin/keys"))["items"]![0]!["last_used_at"]);
        await WrongKeysMakeOneWaitAsync(test.Platform);
    }

    private static async Task WrongKeysMakeOneWaitAsync(LocalPlatform platform)
    {
        using var stranger = new ApiUser(platform.Api, ApiKey.Generate());

        var refusal = await Eventually.SeesAsync(
            () => stranger.Http.GetAsync("/api/v1/users/me", Stop), response => response.StatusCode is HttpStatusCode.TooManyRequests);

        Assert.InRange(refusal.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        Assert.Equal("application/problem+json", refusal.Content.Headers.ContentType?.MediaType);
    }

    private static PlatformOptions WithoutKeys(PlatformOptions options) =>
        (options with { Without = Services.Roles.Append(Services.TraceStore).ToHashSet() })
            .With("ApiKeys__MaxFailures", "3")
            .With("ApiKeys__Seed__0__RateLimitBypass", null).With("ApiKeys__Seed__1__RateLimitBypass", null)
            .With("ApiKeys__Seed__0__UserId", null).With("ApiKeys__Seed__0__Role", null).With("ApiKeys__Seed__0__Key", null)
            .With("ApiKeys__Seed__1__UserId", null).With("ApiKeys__Seed__1__Role", null).With("ApiKeys__Seed__1__Key", null);

    private IEnumerable<string> Announced() => _lines
        .Where(line => line.Contains(Announcement, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..].Trim());
}
