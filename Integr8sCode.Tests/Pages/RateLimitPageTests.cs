using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

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
        var rule = tab.Page.Locator("#limits-table tbody tr").Last;
        await rule.Locator("[name=name]").FillAsync("of-the-page");
        await rule.Locator("[name=requests]").FillAsync("9999");
        await rule.Locator("[name=enabled]").UncheckAsync();

        await tab.Page.ClickAsync("#limits-form button[type=submit]");
        await tab.ContainsAsync("#limits-note", "Saved as version");

        Assert.Contains("""{"name":"of-the-page","group":"api","requests":9999,""", (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString(), StringComparison.Ordinal);
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("#limits-table tbody tr");
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
        await tab.Page.Locator("#limits-table tbody [name=name]").First.FillAsync("<b>No Name</b>");

        await tab.Page.ClickAsync("#limits-form button[type=submit]");

        await tab.ContainsAsync("#limits-problems", "rules[0].name");
        Assert.Equal(before, (await admin.GetAsync("/api/v1/admin/rate-limits")).ToJsonString());
    }

    [Fact]
    public async Task A_user_shows_what_is_used_and_is_given_more_and_a_fresh_start()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var (name, key) = await NewUserAsync(admin);
        using var user = new ApiUser(_platform.Api, key);
        await user.GetAsync("/api/v1/events");
        await using var tab = await OpenAsync();
        await tab.Page.Locator("#limits-users a", new() { HasText = name }).ClickAsync();
        var meter = tab.Page.GetByRole(AriaRole.Meter, new() { Name = "api: requests used", Exact = true });
        await Assertions.Expect(meter).ToHaveAttributeAsync("aria-valuenow", "1");

        await user.GetAsync("/api/v1/events");
        await Assertions.Expect(meter).ToHaveAttributeAsync("aria-valuenow", "2"); // without a reload
        await tab.Page.FillAsync("#user-limits-form [name=multiplier]", "2");
        await tab.Page.FillAsync("#user-limits-form [name=notes]", "<img src=x onerror=alert(1)>");
        await tab.Page.ClickAsync("#user-limits-form [type=submit]");
        await tab.ContainsAsync("#user-limits-note", "Saved.");
        await Assertions.Expect(meter).ToHaveAttributeAsync("aria-valuemax", "120");
        await tab.Page.ClickAsync("#user-limits-reset");

        await Assertions.Expect(meter).ToHaveAttributeAsync("aria-valuenow", "0");
        var limits = await admin.GetAsync($"/api/v1/admin/users/{name}/rate-limits");
        Assert.Equal((2.0, "<img src=x onerror=alert(1)>"), (limits["multiplier"]!.GetValue<double>(), limits["notes"]!.GetValue<string>()));
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_rule_of_their_own_counts_for_a_user_and_a_wrong_one_is_told()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var (name, _) = await NewUserAsync(admin);
        await using var tab = await browser.OpenAsync(new Uri(_platform.Api, $"#/rate-limits/{name}"), _platform.Keys.Admin);
        await tab.Page.ClickAsync("#user-limits-add");
        await tab.Page.FillAsync("#user-limits-table [name=name]", "No Name");
        await tab.Page.ClickAsync("#user-limits-form [type=submit]");
        await tab.ContainsAsync("#user-limits-problems", "rules[0].name");

        await tab.Page.FillAsync("#user-limits-table [name=name]", "their-own");
        await tab.Page.FillAsync("#user-limits-table [name=requests]", "7");
        await tab.Page.ClickAsync("#user-limits-form [type=submit]");

        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Meter, new() { Name = "their-own: requests used" })).ToHaveAttributeAsync("aria-valuemax", "7");
    }

    private static async Task<(string Name, string Key)> NewUserAsync(ApiUser admin)
    {
        var name = $"page-{Guid.CreateVersion7():N}";
        using var created = await admin.PostAsync("/api/v1/admin/users", new { user_id = name });
        using var key = await admin.PostAsync($"/api/v1/admin/users/{name}/keys", new { });
        return (name, (await ApiUser.ReadAsync(key))["key"]!.GetValue<string>());
    }

    private async Task<Tab> OpenAsync()
    {
        var tab = await browser.OpenAsync(new Uri(_platform.Api, "#/rate-limits"), _platform.Keys.Admin);
        await tab.SeesAsync("#limits-table tbody tr");
        return tab;
    }
}
