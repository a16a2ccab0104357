using System.Text.Json;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

/// <summary>What holds for the whole page, whatever it shows.</summary>
[Collection<SharedPlatform>]
public sealed class PageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private const string Canary = "<img src=x onerror=\"document.title='HACKED'\"><script>document.title='HACKED'</script></pre></textarea>";

    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task A_key_is_asked_for_and_lives_as_long_as_the_tab()
    {
        await using var tab = await browser.OpenAsync(_platform.Api);
        await tab.Page.FillAsync("#key", "i8s_this-key-is-wrong-in-every-way");
        await tab.Page.PressAsync("#key", "Enter");
        await tab.ShowsAsync("#key-problem", "This key is not known here.");
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("sessionStorage.length"));

        await tab.Page.FillAsync("#key", _platform.Keys.User);
        await tab.Page.PressAsync("#key", "Enter");

        await tab.HidesAsync("#key-dialog");
        await tab.ShowsAsync("#caller", "user");
        Assert.Equal(1, await tab.Page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("localStorage.length + document.cookie.length"));
        await tab.Page.ReloadAsync();
        await tab.ShowsAsync("#caller", "user");
        await tab.HidesAsync("#key-dialog");
        var other = await tab.Page.Context.NewPageAsync();
        await other.GotoAsync(_platform.Api.ToString());
        await Assertions.Expect(other.Locator("#key-dialog")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_forgotten_key_leaves_nothing_behind()
    {
        await using var tab = await browser.OpenAsync(_platform.Api);
        await tab.Page.FillAsync("#key", _platform.Keys.User);
        await tab.Page.PressAsync("#key", "Enter");
        await tab.ShowsAsync("#caller", "user");

        await tab.Page.ClickAsync("#sign-out");

        await tab.SeesAsync("#key-dialog");
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_key_that_is_refused_meanwhile_is_asked_for_again_and_nothing_else_is_lost()
    {
        await using var tab = await browser.OpenAsync(_platform.Api, _platform.Keys.User);
        await tab.ShowsAsync("#caller", "user");
        await tab.Page.FillAsync("#script", "print('still here')");
        await tab.Page.EvaluateAsync("sessionStorage.setItem('integr8scode-key', 'i8s_expired')");
        await tab.Page.ClickAsync("#submit");
        await tab.ShowsAsync("#key-problem", "This key is no longer known here.");

        await tab.Page.FillAsync("#key", _platform.Keys.User);
        await tab.Page.PressAsync("#key", "Enter");

        await tab.ContainsAsync(".output.stdout pre", "still here");
        Assert.Equal("Run", await tab.Page.Locator("#nav [aria-current]").InnerTextAsync());
    }

    [Fact]
    public async Task Without_a_key_and_without_the_right_each_page_says_so()
    {
        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, "#/history"));
        await tab.Page.ClickAsync("#key-close");
        await tab.ShowsAsync("#history-note", "Sign in to see this.");

        await using var user = await browser.OpenAsync(new Uri(_platform.Api, "#/dead-letters"), _platform.Keys.User);
        await user.ShowsAsync("#letters-note", "This is for admins.");
    }

    [Fact]
    public async Task Whatever_a_script_says_stays_text()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var script = $"import sys\ncanary = '''{Canary}'''\nprint(canary)\nprint(canary, file=sys.stderr)\nsys.exit(canary)";
        var id = await user.SubmitAsync(new { script, language = "python", args = new[] { Canary }, stdin = Canary });

        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, $"#/executions/{id}"), _platform.Keys.User);
        await tab.ShowsAsync(".output.stdout pre", $"{Canary}\n");
        await tab.ContainsAsync(".output.stderr pre", Canary);
        await (await tab.RowAsync("sandbox.run")).ClickAsync();

        await tab.SeesAsync("#details table");
        Assert.Equal(script, await tab.Page.InputValueAsync("#script"));
        await StaysCleanAsync(tab);
    }

    [Theory]
    [InlineData("detail")]
    [InlineData("errors")]
    public async Task Whatever_the_server_says_of_an_error_stays_text(string place)
    {
        await using var tab = await browser.OpenAsync(_platform.Api, _platform.Keys.User);
        await tab.Page.RouteAsync("**/api/v1/execute", route => route.FulfillAsync(new()
        {
            Status = 422,
            ContentType = "application/problem+json",
            Body = place == "detail"
                ? JsonSerializer.Serialize(new { detail = Canary })
                : JsonSerializer.Serialize(new { errors = new Dictionary<string, string[]> { [Canary] = [Canary] } }),
        }));

        await tab.Page.FillAsync("#script", "print(1)");
        await tab.Page.ClickAsync("#submit");

        await tab.ContainsAsync("#problems", Canary);
        await StaysCleanAsync(tab);
    }

    [Theory]
    [InlineData(375)]
    [InlineData(320)]
    public async Task A_phone_never_scrolls_sideways(int width)
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var id = await user.SubmitAsync($"print('{new string('x', 3000)}')");
        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, $"#/executions/{id}"), _platform.Keys.User, width: width);
        await tab.SeesAsync("#rows .row");
        await tab.SeesAsync(".output.stdout");

        Assert.Equal(width, await WidthAsync());
        await tab.Page.ClickAsync("#nav a[href='#/history']");
        await tab.SeesAsync("#executions li");
        Assert.Equal(width, await WidthAsync());

        await using var admin = await browser.OpenAsync(_platform.Api, _platform.Keys.Admin, width: width);
        foreach (var (page, shown) in ((string, string)[])[("dead-letters/policies", "#policies form"), ("replays", "#replay-new"), ("rate-limits", "#limits-users li"), ("rate-limits/user", "#user-usage > *")])
        {
            await admin.Page.GotoAsync(new Uri(_platform.Api, $"#/{page}").ToString());
            await admin.SeesAsync(shown);
            Assert.Equal(width, await admin.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Task<int> WidthAsync() => tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_in_light_and_in_dark(ColorScheme colours)
    {
        await using var tab = await browser.OpenAsync(_platform.Api, _platform.Keys.User, colours);
        await tab.Page.FillAsync("#script", "raise SystemExit('wrong')");
        await tab.Page.ClickAsync("#submit");
        await tab.SeesAsync("#rows .row");

        var (page, text) = (await LightnessAsync("body", "backgroundColor"), await LightnessAsync("body", "color"));

        Assert.Equal(colours is ColorScheme.Dark, page < text);
        foreach (var selector in (string[])["#state", ".steps strong", ".numbers dt", ".numbers dd", ".output pre", "#categories button", ".row .name", ".row .took:not(.inside)", ".help", ".lines"])
        {
            var card = await LightnessAsync(".numbers div", "backgroundColor");
            var ink = await LightnessAsync(selector, "color");
            var contrast = (Math.Max(card, ink) + 0.05) / (Math.Min(card, ink) + 0.05);
            Assert.True(contrast >= 4.5, $"{selector} has a contrast of {contrast:0.0} in {colours}.");
        }

        Task<double> LightnessAsync(string selector, string property) => tab.Page.Locator(selector).First.EvaluateAsync<double>(
            """
            (element, property) => {
              const canvas = document.createElement('canvas').getContext('2d');
              canvas.fillStyle = getComputedStyle(element)[property];
              canvas.fillRect(0, 0, 1, 1);
              const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }
            """, property);
    }

    private static async Task StaysCleanAsync(Tab tab)
    {
        Assert.DoesNotContain("HACKED", await tab.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.Locator("main img, main script, aside img, aside script, dialog img").CountAsync());
        tab.HasNoComplaint();
    }
}
