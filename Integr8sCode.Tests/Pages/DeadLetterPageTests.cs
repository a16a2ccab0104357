using System.Text;
using System.Text.Json.Nodes;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed class DeadLetterPageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task A_dead_letter_shows_its_message_and_is_given_up_with_a_reason()
    {
        const string markup = "<script>document.title='HACKED'</script><img src=x onerror=alert(1)>";
        var id = await BreakAsync($"not json {markup}", markup);
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.ContainsAsync("#letter [aria-label=value]", $"not json {markup}");
        await tab.ContainsAsync("#letter .table", $"header {markup}");
        await tab.SeesAsync("#letter .transitions li");

        await tab.Page.FillAsync("#letter .actions input", $"Nobody can read it {markup}");
        await tab.Page.ClickAsync("#letter .actions button[type=submit]");

        await tab.ShowsAsync("#letter h1 .pill", "discarded");
        await tab.ContainsAsync("#letter .transitions", $"Nobody can read it {markup}");
        Assert.Equal(0, await tab.Page.Locator("main img, main script").CountAsync());
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task Nothing_is_given_up_without_a_reason()
    {
        var id = await BreakAsync("no reason", "");
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.Page.ClickAsync("#letter .actions button[type=submit]");

        await tab.ContainsAsync("#letter .problem", "A reason is required.");
    }

    [Fact]
    public async Task A_retried_letter_that_fails_again_tells_who_tried_it()
    {
        var id = await BreakAsync("still not json", "");
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.Page.ClickAsync("#letter .actions button[type=button]");

        await tab.ContainsAsync("#letter .transitions", "Retried by an operator.");
        await tab.ContainsAsync("#letter .transitions", "admin");
    }

    [Fact]
    public async Task Letters_that_failed_alike_stand_together_and_lead_to_each()
    {
        var id = await BreakAsync("like the others", "");
        await using var tab = await OpenAsync("#/dead-letters");
        await tab.Page.Locator("#letter-groups a").First.ClickAsync();

        await tab.SeesAsync("#letter-groups .chosen");
        await tab.Page.ClickAsync($"#letters a[href='#/dead-letters/{id}']");
        await tab.ContainsAsync("#letter [aria-label=value]", "like the others");
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task Somebody_who_is_no_admin_sees_no_page_for_admins()
    {
        await using var tab = await browser.OpenAsync(_platform.Api, _platform.Keys.User);
        await tab.ShowsAsync("#caller", "user");

        Assert.Equal(["Run", "History"], await tab.Page.Locator("#nav a").AllInnerTextsAsync());
    }

    /// <returns>The letter of a message that nothing can decode.</returns>
    private async Task<string> BreakAsync(string value, string header)
    {
        using var outside = new OutsideClient(_platform.Kafka);
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var marker = $"{Guid.CreateVersion7()}";
        await outside.SendAsync(Encoding.UTF8.GetBytes(value), OutsideClient.Headers(("marker", marker), ("hostile", $"header {header}")));

        var letter = await Eventually.SeesAsync(() => FindAsync(admin, marker), found => found is not null);
        return letter!["id"]!.GetValue<string>();
    }

    private static async Task<JsonNode?> FindAsync(ApiUser admin, string marker)
    {
        foreach (var letter in (await admin.GetAsync("/api/v1/admin/dead-letters?limit=20"))["items"]!.AsArray())
        {
            var whole = await admin.GetAsync($"/api/v1/admin/dead-letters/{letter!["id"]}");
            if (whole["message"]!["headers"]!.AsArray().Any(header => header!["value"]?["text"]?.GetValue<string>() == marker)) return whole;
        }

        return null;
    }

    private Task<Tab> OpenAsync(string address) => browser.OpenAsync(new Uri(_platform.Api, address), _platform.Keys.Admin);
}
