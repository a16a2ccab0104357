using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

/// <summary>A page in the browser, which remembers everything the browser complained about and every request that left the page's own origin.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _origin;

    private Tab(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        _origin = address.GetLeftPart(UriPartial.Authority);
        page.Console += (_, message) => Complain(message);
        page.PageError += (_, error) => _complaints.Enqueue($"script error: {error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_origin, StringComparison.Ordinal)) _complaints.Enqueue($"left the origin: {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<Tab> OpenAsync(IBrowserContext context, Uri address)
    {
        var tab = new Tab(context, await context.NewPageAsync(), address);
        await tab.Page.GotoAsync(address.ToString());
        return tab;
    }

    /// <summary>Nothing was violated, went wrong, or left the origin.</summary>
    public void HasNoComplaint() => Assert.Empty(_complaints);

    /// <summary>Waits until the element has this text and nothing else.</summary>
    public Task ShowsAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector)).ToHaveTextAsync(text);

    /// <summary>Waits until the text stands somewhere in the element.</summary>
    public Task ContainsAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text);

    public Task SeesAsync(string selector) => Assertions.Expect(Page.Locator(selector).First).ToBeVisibleAsync();

    public Task HidesAsync(string selector) => Assertions.Expect(Page.Locator(selector)).ToBeHiddenAsync();

    /// <summary>The row of a span in the waterfall, which has only the rows that are in view.</summary>
    public async Task<ILocator> RowAsync(string span)
    {
        await SeesAsync("#rows .row");
        await Page.EvaluateAsync("document.getElementById('rows').scrollIntoView()");
        return Page.Locator("#rows .row", new() { HasText = span });
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    // The browser reports each answer that is an error; whether an API may answer so is not what is asked here.
    private void Complain(IConsoleMessage message)
    {
        var isAnswer = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.Contains("/api/", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isAnswer) _complaints.Enqueue($"{message.Type}: {message.Text}");
    }
}
