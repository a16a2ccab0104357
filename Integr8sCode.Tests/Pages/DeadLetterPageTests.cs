using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed partial class DeadLetterPageTests(PlatformFixture fixture, BrowserFixture browser)
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
    public async Task What_is_edited_is_sent_instead_and_runs()
    {
        var (id, executionId) = (await BreakAsync("{\"type\": \"half an event\"}", ""), Guid.CreateVersion7());
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.Page.ClickAsync("#letter .edit-letter summary");
        Assert.Contains("half an event", await tab.Page.InputValueAsync("#letter [name=event]"), StringComparison.Ordinal);
        await tab.Page.FillAsync("#letter [name=event]", DeadLetterAdmin.Requested(executionId).ToJsonString());
        await tab.Page.FillAsync("#letter [name=reason]", "It was <b>half</b> an event");

        await tab.Page.ClickAsync("#letter .edit button[type=submit]");

        await tab.ShowsAsync("#letter h1 .pill", "resolved");
        await tab.ContainsAsync("#letter .transitions", "Edited by an operator: It was <b>half</b> an event");
        await tab.ContainsAsync("#letter [aria-label='edited value']", $"{executionId}");
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        Assert.Equal("1\n", (await admin.GetEndedAsync(executionId))["stdout"]!.GetValue<string>());
        tab.HasNoComplaint();
    }

    [Theory]
    [InlineData("{ no json", "why", "This is no JSON")]
    [InlineData("{\"type\":\"<img src=x>\"}", "why", "value")]
    [InlineData("{}", "", "reason")]
    public async Task A_wrong_edit_is_told_and_stays_as_it_was_typed(string text, string reason, string problem)
    {
        var id = await BreakAsync("broken", "");
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.Page.ClickAsync("#letter .edit-letter summary");
        await tab.Page.FillAsync("#letter [name=event]", text);
        await tab.Page.FillAsync("#letter [name=reason]", reason);
        await tab.Page.ClickAsync("#letter .edit button[type=submit]");

        await tab.ContainsAsync("#letter .edit .problems", problem);
        Assert.Equal(text, await tab.Page.InputValueAsync("#letter [name=event]"));
        await tab.ShowsAsync("#letter h1 .pill", "dead");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_as_what_can_be_read_of_them_and_as_they_are()
    {
        byte[] bytes = [0xff, 0xfe, 0, .. "<b>"u8];
        var id = await BreakAsync(bytes, "");
        await using var tab = await OpenAsync($"#/dead-letters/{id}");
        await tab.ContainsAsync("#letter [aria-label=value]", "<b>");

        await tab.Page.Locator("#letter figure", new() { Has = tab.Page.Locator("[aria-label=value]") }).GetByRole(AriaRole.Button).ClickAsync();

        await tab.ShowsAsync("#letter [aria-label=value]", Convert.ToBase64String(bytes));
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_whole_group_is_retried_and_shows_how_far_it_is()
    {
        await BreakAsync("one of the group", "");
        await using var tab = await OpenAsync("#/dead-letters");
        var retry = tab.Page.Locator("#letter-groups button").First;
        await retry.ClickAsync();

        await Assertions.Expect(retry.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await tab.ContainsAsync("#letters-note", "Retried: ");
        await Assertions.Expect(retry).ToContainTextAsync(AllDone());
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_retry_policy_says_what_it_comes_to_and_is_saved()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        await using var tab = await OpenAsync("#/dead-letters/policies");
        var policy = tab.Page.Locator("#policies form", new() { HasText = "execution_tasks" });
        await policy.Locator("[name=max_retries]").FillAsync("3");
        await policy.Locator("[name=base_delay_seconds]").FillAsync("20");
        await Assertions.Expect(policy).ToContainTextAsync("Tried again after up to 20 s, 40 s, 1.33 min, then it is dead.");

        await policy.Locator("button").ClickAsync();

        await Assertions.Expect(policy).ToContainTextAsync("Saved.");
        var saved = await admin.GetAsync("/api/v1/admin/dead-letters/policies/execution_tasks");
        Assert.Equal((3, 20.0), (saved["max_retries"]!.GetValue<int>(), saved["base_delay_seconds"]!.GetValue<double>()));
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task A_policy_out_of_bounds_is_told_field_by_field()
    {
        await using var tab = await OpenAsync("#/dead-letters/policies");
        var policy = tab.Page.Locator("#policies form", new() { HasText = "execution_tasks" });
        await policy.Locator("[name=multiplier]").FillAsync("101");
        await policy.Locator("button").ClickAsync();

        await Assertions.Expect(policy.Locator(".problems")).ToContainTextAsync("multiplier");
    }

    [Fact]
    public async Task Letters_that_failed_alike_stand_together_and_lead_to_each()
    {
        var id = await BreakAsync("like the others", "");
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var fingerprint = (await admin.GetAsync($"/api/v1/admin/dead-letters/{id}"))["failure"]!["fingerprint"];
        await using var tab = await OpenAsync("#/dead-letters");
        await tab.Page.ClickAsync($"#letter-groups a[href*='{fingerprint}']");

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
    private Task<string> BreakAsync(string value, string header) => BreakAsync(Encoding.UTF8.GetBytes(value), header);

    private async Task<string> BreakAsync(byte[] value, string header)
    {
        using var outside = new OutsideClient(_platform.Kafka);
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var marker = $"{Guid.CreateVersion7()}";
        await outside.SendAsync(value, OutsideClient.Headers(("event_type", EventTypes.ExecutionRequested), ("marker", marker), ("hostile", $"header {header}")));

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

    [GeneratedRegex(@"^(\d+) of \1 done$")]
    private static partial Regex AllDone();

    private Task<Tab> OpenAsync(string address) => browser.OpenAsync(new Uri(_platform.Api, address), _platform.Keys.Admin);
}
