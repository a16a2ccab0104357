using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Integr8sCode.Traces;

public sealed partial class PageTests
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData("/")]
    [InlineData("/search")]
    [InlineData($"/trace/{Id}")]
    public async Task Pages_allow_scripts_and_styles_from_their_own_files_only(string path)
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var response = await store.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch(InlineCode(), html);
    }

    [Fact]
    public async Task Every_file_a_page_asks_for_is_there()
    {
        await using var store = await RunningTraceStore.StartAsync();
        Queue<string> paths = new(["/", $"/trace/{Id}"]);
        HashSet<string> seen = [];
        while (paths.TryDequeue(out var path))
        {
            using var response = await store.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.OK, path);
            foreach (Match match in Reference().Matches(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
            {
                if (match.Groups["path"].Value.TrimStart('.') is var next && seen.Add(next))
                {
                    paths.Enqueue(next);
                }
            }
        }

        Assert.Contains("/waterfall.js", seen);
    }

    [Fact]
    public async Task Markup_in_names_and_tags_is_shown_and_never_becomes_part_of_the_page()
    {
        Assert.SkipUnless(Chromium() is not null, "needs Chromium in the PATH");
        await using var store = await RunningTraceStore.StartAsync();
        await store.SendAsync(SentSpan.Request(new SentSpan(Id, "b7ad6b7169203331", "<img src=x onerror=document.title=1>")
        {
            Service = "<script>document.title=2</script>",
            Tags = [("<b>key</b>", "\"><script>document.title=3</script>")],
            Events = ["<svg onload=document.title=4>"],
            Links = [(Id, "b7ad6b7169203332")],
        }));

        var trace = await RenderAsync(new Uri(store.Url, $"/trace/{Id}?span=b7ad6b7169203331"), "&lt;svg onload");
        Assert.Contains("&lt;img src=x onerror=document.title=1&gt;", trace, StringComparison.Ordinal);
        Assert.Contains("\"&gt;&lt;script&gt;document.title=3", trace, StringComparison.Ordinal);
        Assert.DoesNotMatch("<img src=\"?x|<script>|<b>|<svg onload", trace);
        var list = await RenderAsync(store.Url, "&lt;img src");
        Assert.DoesNotMatch("<img src=\"?x|<script>", list);
    }

    private static async Task<string> RenderAsync(Uri url, string awaited)
    {
        var profile = Directory.CreateTempSubdirectory("chromium-");
        var start = new ProcessStartInfo(Chromium()!,
            ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.FullName}", "--virtual-time-budget=10000", "--dump-dom", url.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        _ = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var html = await browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
        profile.Delete(recursive: true);
        Assert.Contains(awaited, html, StringComparison.Ordinal);
        return html;
    }

    private static string? Chromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    [GeneratedRegex("<script(?![^>]*src=)|<style|\\son[a-z]+=|\\sstyle=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("(?:src=\"|from '|<link [^>]*href=\")(?<path>\\.?/[a-z-]+\\.[a-z]+)")]
    private static partial Regex Reference();
}
