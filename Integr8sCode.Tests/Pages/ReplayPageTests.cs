using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed class ReplayPageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task A_replay_is_created_started_and_followed_to_its_end()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var id = await user.SubmitAsync("true", "bash");
        await user.GetEndedAsync(id);
        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, "#/replays"), _platform.Keys.Admin);
        await tab.Page.ClickAsync("#replay-new summary");
        await tab.Page.FillAsync("[name=execution_id]", $"{id}");
        await tab.Page.ClickAsync("#replay-form button");
        var session = tab.Page.Locator(".replay", new() { HasText = $"{id}" });
        await session.GetByText("Start").ClickAsync();

        await Assertions.Expect(session.Locator(".pill")).ToHaveTextAsync("completed");

        var events = await user.ListEventTypesAsync(id);
        await Assertions.Expect(session).ToContainTextAsync($"{events.Length} of {events.Length} events");
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_wrong_wish_is_told_field_by_field()
    {
        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, "#/replays"), _platform.Keys.Admin);
        await tab.Page.ClickAsync("#replay-new summary");
        await tab.Page.FillAsync("[name=event_types]", "execution.unheard");
        await tab.Page.ClickAsync("#replay-form button");

        await tab.ContainsAsync("#replay-problems", "filter.event_types");
    }
}
