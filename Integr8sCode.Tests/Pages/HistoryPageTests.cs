using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed class HistoryPageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private const int PageSize = 25;

    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task Older_executions_come_page_by_page_and_none_comes_twice()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var ids = new List<Guid>();
        for (var i = 0; i <= PageSize; i++) ids.Add(await user.SubmitAsync("true", "bash"));

        await using var tab = await OpenAsync("#/history");
        var entries = tab.Page.Locator("#executions a");
        await Assertions.Expect(entries).ToHaveCountAsync(PageSize);
        await tab.Page.ClickAsync("#history-more");
        await tab.SeesAsync($"#executions a[href='#/executions/{ids[0]}']");

        var addresses = await entries.EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.Equal(addresses.Distinct(), addresses);
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_status_narrows_the_list_and_stands_in_the_address()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var cancelled = await user.SubmitAsync(new { script = "sleep 60", language = "bash", timeout_seconds = 120 });
        using var answer = await user.PostAsync($"/api/v1/executions/{cancelled}/cancel");
        await user.GetEndedAsync(cancelled);
        var completed = await user.SubmitAsync("true", "bash");
        await user.GetEndedAsync(completed);
        await using var tab = await OpenAsync("#/history");
        await tab.SeesAsync($"#executions a[href='#/executions/{completed}']");

        await tab.Page.SelectOptionAsync("#history-status", "cancelled");

        await Assertions.Expect(tab.Page.Locator($"#executions a[href='#/executions/{completed}']")).ToHaveCountAsync(0);
        await tab.SeesAsync($"#executions a[href='#/executions/{cancelled}']");
        Assert.Equal(["cancelled"], (await tab.Page.Locator("#executions .pill").AllInnerTextsAsync()).Distinct());
        Assert.EndsWith("#/history?status=cancelled", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync($"#executions a[href='#/executions/{cancelled}']");
        await tab.ShowsAsync("#state", "Cancelled");
    }

    private Task<Tab> OpenAsync(string address) => browser.OpenAsync(new Uri(_platform.Api, address), _platform.Keys.User);
}
