using Integr8sCode.Pages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Integr8sCode.Pages;

/// <summary>One real Chromium for all tests of pages, started by the first that wants it. Each tab is a person of its own.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    /// <summary>For whatever a page waits for; two loaded processors may take their time.</summary>
    public const float LimitMilliseconds = 180_000;

    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>A tab without cookies, storage or cache.</summary>
    /// <param name="key">What the tab already knows as its key, as if typed into the page's dialog before.</param>
    internal async Task<Tab> OpenAsync(Uri address, string? key = null, ColorScheme colours = ColorScheme.Light, int width = 1280)
    {
        Assert.SkipUnless(Program is not null, "needs Chromium in the PATH");
        var (_, browser) = await _started.Value;
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours });
        context.SetDefaultTimeout(LimitMilliseconds);
        if (key is not null)
        {
            await context.AddInitScriptAsync($"sessionStorage.setItem('integr8scode-key', '{key}')");
        }

        return await Tab.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            var (driver, browser) = await _started.Value;
            await browser.CloseAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(LimitMilliseconds);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            ChromiumSandbox = !Environment.IsPrivilegedProcess, // Chromium refuses root with its own sandbox
            Args = ["--disable-background-networking", "--disable-component-update"],
            Timeout = LimitMilliseconds,
        });
        return (driver, browser);
    }
}
