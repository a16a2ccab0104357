using Integr8sCode.Traces;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

/// <summary>The trace store's pages in a real browser.</summary>
public sealed class TraceStorePageTests(BrowserFixture browser)
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c";
    private const string Other = "1bf7651916cd43dd8448eb211c80319d";
    private const string RootSpan = "b7ad6b7169203331";

    [Fact]
    public async Task A_search_finds_a_trace_which_opens_and_tells_everything_of_a_span()
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var one = await store.SendAsync(SentSpan.Request(
            new SentSpan(Id, RootSpan, "GET /basket") { Service = "shop", Duration = 40_000_000 },
            new SentSpan(Id, "b7ad6b7169203332", "SELECT items")
            {
                ParentId = RootSpan,
                Service = "database",
                Status = 2,
                Duration = 9_000_000,
                Tags = [("db.rows", 12L)],
                Events = ["exception"],
                Links = [(Other, "c7ad6b7169203333")],
            }));
        using var other = await store.SendAsync(SentSpan.Request(new SentSpan(Other, "c7ad6b7169203333", "GET /help") { Service = "shop" }));
        await using var tab = await browser.OpenAsync(store.Url);
        await tab.ContainsAsync("#status", "2 traces");

        await tab.Page.FillAsync("#tags", "db.rows=12");
        await tab.Page.ClickAsync("#search button[type=submit]");
        await tab.ContainsAsync("#status", "1 trace, newest first, 1 with errors");
        await tab.Page.ClickAsync("#traces a");

        await tab.ShowsAsync("#title", "shop GET /basket");
        await tab.Page.Locator(".row", new() { HasText = "SELECT items" }).ClickAsync();
        await tab.ContainsAsync("#details", "db.rows");
        await tab.ContainsAsync("#details .event", "exception");
        await tab.Page.ClickAsync("#details details a");
        await tab.ShowsAsync("#title", "shop GET /help");
        tab.HasNoComplaint();
    }

    [Theory]
    [InlineData("service=help", "GET /help")]
    [InlineData("service=shop&operation=GET+%2Fbasket", "GET /basket")]
    [InlineData("min=1s", "GET /help")]
    [InlineData("max=100ms", "GET /basket")]
    [InlineData("range=custom&from=2025-10-11T00:00:00", "GET /help")]
    [InlineData("range=custom&to=2025-10-11T00:00:00", "GET /basket")]
    public async Task Each_field_of_the_search_finds_its_trace_and_shows_when_its_services_worked(string search, string found)
    {
        var day = TimeSpan.FromDays(1).Ticks * 100; // in nanoseconds
        await using var store = await RunningTraceStore.StartAsync();
        using var sent = await store.SendAsync(SentSpan.Request(
            new SentSpan(Id, RootSpan, "GET /basket") { Service = "shop", Duration = 40_000_000 },
            new SentSpan(Other, "c7ad6b7169203333", "GET /help")
            {
                Service = "help",
                Start = 1_760_000_000_000_000_000 + (3 * day),
                Duration = 5_000_000_000,
            }));
        await using var tab = await browser.OpenAsync(new Uri(store.Url, $"/?{search}"));

        await tab.ContainsAsync("#status", "1 trace, newest first");
        await tab.ShowsAsync("#traces strong", found);
        Assert.True((await tab.Page.Locator("#traces .lane .track i").BoundingBoxAsync())!.Width > 0);
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task The_arrow_keys_walk_through_a_trace()
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var sent = await store.SendAsync(SentSpan.Request(
            new SentSpan(Id, RootSpan, "first"), new SentSpan(Id, "b7ad6b7169203332", "second") { ParentId = RootSpan }));
        await using var tab = await browser.OpenAsync(new Uri(store.Url, $"/trace/{Id}"));
        await tab.SeesAsync(".row");
        await tab.Page.FocusAsync("#rows");

        await tab.Page.Keyboard.PressAsync("End");
        await tab.ContainsAsync(".row.selected", "second");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await tab.ContainsAsync(".row.selected", "first");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");

        await Assertions.Expect(tab.Page.Locator(".row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Of_5000_spans_only_those_on_the_screen_are_drawn_and_all_can_be_reached()
    {
        const int spans = 5000;
        await using var store = await RunningTraceStore.StartAsync();
        using var sent = await store.SendAsync(SentSpan.Request(Enumerable.Range(1, spans).Select(number =>
            new SentSpan(Id, $"{number:x16}", $"step {number}") { ParentId = number == 1 ? "" : $"{number / 2:x16}", Start = 1_760_000_000_000_000_000 + number * 1000 })));
        await using var tab = await browser.OpenAsync(new Uri(store.Url, $"/trace/{Id}"));
        await tab.ContainsAsync("#facts", "5,000 spans");

        var drawn = await tab.Page.EvaluateAsync<int>(
            """
            async () => {
              let most = 0;
              for (let at = 0; at < document.documentElement.scrollHeight; at += 3000) {
                scrollTo(0, at);
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
                most = Math.max(most, document.querySelectorAll('.row').length);
              }
              return most;
            }
            """);

        Assert.InRange(drawn, 20, 100);
        await tab.Page.FocusAsync("#rows");
        await tab.Page.Keyboard.PressAsync("End");
        await tab.SeesAsync(".row.selected");
        Assert.Equal($"{spans - 1}", await tab.Page.GetAttributeAsync(".row.selected", "data-index"));
        await tab.Page.FillAsync("#find", "step 4321");
        await tab.ShowsAsync("#found", "1");
        tab.HasNoComplaint();
    }

    [Theory]
    [InlineData("/")]
    [InlineData($"/trace/{Id}")]
    public async Task A_phone_never_scrolls_sideways(string path)
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var sent = await store.SendAsync(SentSpan.Request(new SentSpan(Id, RootSpan, new string('n', 400)) { Service = new string('s', 200) }));
        await using var tab = await browser.OpenAsync(new Uri(store.Url, path), width: 360);
        await tab.SeesAsync(".trace, .row");

        Assert.Equal(360, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        tab.HasNoComplaint();
    }
}
