using System.Net;
using System.Text.RegularExpressions;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Pages;

/// <summary>What serves the page.</summary>
[Collection<SharedPlatform>]
public sealed partial class PageFileTests(PlatformFixture fixture)
{
    private readonly LocalPlatform _platform = fixture.Join();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_of_the_page_is_there_for_everybody_and_lets_only_our_own_files_run()
    {
        using var http = new HttpClient { BaseAddress = _platform.Api };
        Queue<string> paths = new(["/"]);
        HashSet<string> seen = [];
        while (paths.TryDequeue(out var path))
        {
            using var response = await http.GetAsync(path, Stop);
            Assert.True(response.StatusCode is HttpStatusCode.OK, path);
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            foreach (Match match in Reference().Matches(await response.Content.ReadAsStringAsync(Stop)))
            {
                if (match.Groups["path"].Value.TrimStart('.') is var next && seen.Add(next)) paths.Enqueue(next);
            }
        }

        Assert.Superset(new HashSet<string> { "/main.js", "/run.js", "/waterfall.js", "/base.css", "/icon.svg" }, seen);
    }

    [Theory]
    [InlineData("/api/v1/languages", HttpStatusCode.OK)]
    [InlineData("/api/v1/executions", HttpStatusCode.Unauthorized)]
    [InlineData("/no-such-file.js", HttpStatusCode.Unauthorized)]
    public async Task What_is_no_file_of_the_page_is_answered_as_ever(string path, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = _platform.Api };
        using var response = await http.GetAsync(path, Stop);

        Assert.Equal(status, response.StatusCode);
        Assert.False(response.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_file_of_the_page_is_no_trace()
    {
        const string traced = "4bf92f3577b34da6a3ce929d0e0e4736", file = "4bf92f3577b34da6a3ce929d0e0e4737";
        using var http = new HttpClient { BaseAddress = _platform.Api };
        using var reader = new TraceReader(_platform.Traces);
        using var page = await http.SendAsync(With(file, "/main.js"), Stop);
        using var other = await http.SendAsync(With(traced, "/api/v1/languages"), Stop);

        await reader.ReadAsync(traced, span => span.Name == "GET /api/v1/languages"); // what came before it has arrived as well

        Assert.Empty(await reader.FindAsync(file));

        static HttpRequestMessage With(string trace, string path) =>
            new(HttpMethod.Get, path) { Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } } };
    }

    [Fact]
    public async Task A_key_tells_whose_it_is()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);

        Assert.Equal("user", (await user.GetAsync("/api/v1/users/me"))["role"]!.GetValue<string>());
        Assert.Equal("admin", (await admin.GetAsync("/api/v1/users/me"))["role"]!.GetValue<string>());
    }

    [GeneratedRegex("(?:src=\"|from '|<link [^>]*href=\")(?<path>\\.?/[a-z-]+\\.[a-z]+)")]
    private static partial Regex Reference();
}
