using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed class RateLimitPageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task A_rule_is_added_changed_and_removed()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        await using var tab = await OpenAsync();
        await tab.Page.ClickAsync("#limits-add");
        var rule = tab.Page.Locator("#limits-rules tr").Last;
        await rule.Locator("[name=name]").FillAsync("of-the-page");
        await rule.Locator("[name=requests]").FillAsync("9999");
        await rule.Locator("[name=enabled]").UncheckAsync();

        await tab.Page.ClickAsync("#limits-form button[type=submit]");
        await tab.ContainsAsync("#limits-note", "Saved as version");

        Assert.Contains("""{"name":"of-the-page","group":"api","requests":9999,""", (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString(), StringComparison.Ordinal);
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("#limits-rules tr");
        await tab.Page.GetByLabel("Remove of-the-page").ClickAsync();
        await tab.Page.ClickAsync("#limits-form button[type=submit]");
        await tab.ContainsAsync("#limits-note", "Saved as version");
        Assert.DoesNotContain("of-the-page", (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString(), StringComparison.Ordinal);
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_wrong_rule_is_told_field_by_field_and_changes_nothing()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var before = (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString();
        await using var tab = await OpenAsync();
        await tab.Page.Locator("#limits-rules [name=name]").First.FillAsync("<b>No Name</b>");

        await tab.Page.ClickAsync("#limits-form button[type=submit]");

        await tab.ContainsAsync("#limits-problems", "rules[0].name");
        Assert.Equal(before, (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString());
    }

    private async Task<Tab> OpenAsync()
    {
        var tab = await browser.OpenAsync(new Uri(_platform.Api, "#/rate-limits"), _platform.Keys.Admin);
        await tab.SeesAsync("#limits-rules tr");
        return tab;
    }
}
