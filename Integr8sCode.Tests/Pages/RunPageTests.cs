using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Microsoft.Playwright;

namespace Integr8sCode.Pages;

[Collection<SharedPlatform>]
public sealed class RunPageTests(PlatformFixture fixture, BrowserFixture browser)
{
    private readonly LocalPlatform _platform = fixture.Join();

    [Fact]
    public async Task A_script_runs_and_shows_its_output_what_it_used_and_where_the_time_went()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "import sys\nprint('to', sys.argv[1], sys.stdin.read())\nprint('beside', file=sys.stderr)\nsys.exit(3)");
        await tab.Page.ClickAsync("#more summary");
        await tab.Page.FillAsync("#args", "an argument");
        await tab.Page.FillAsync("#stdin", "and input");

        await tab.Page.ClickAsync("#submit");

        await tab.ShowsAsync("#state", "Completed, exit code 3");
        await tab.ShowsAsync(".output.stdout pre", "to an argument and input\n");
        await tab.ShowsAsync(".output.stderr pre", "beside\n");
        await tab.ContainsAsync(".numbers", "peak memory");
        await tab.ContainsAsync("#categories", "script");
        await Assertions.Expect(await tab.RowAsync("sandbox.run")).ToBeVisibleAsync();
        await tab.SeesAsync("#rows .path.c-script");
        Assert.StartsWith($"{_platform.Traces}trace/", await tab.Page.GetAttributeAsync("#trace-link", "href"), StringComparison.Ordinal);
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task The_bar_of_where_the_time_went_is_as_wide_as_the_execution_took()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "print(1)");
        await tab.Page.ClickAsync("#submit");
        await tab.SeesAsync("#categories button");

        var widths = await tab.Page.EvaluateAsync<double[]>(
            "[...document.querySelectorAll('.share-row:first-child i')].map(part => parseFloat(part.style.width))");

        Assert.Equal(100, widths.Sum(), 3);
        Assert.Equal(widths.OrderDescending(), widths);
    }

    [Fact]
    public async Task A_span_tells_what_it_did_for_the_critical_path()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "print(1)");
        await tab.Page.ClickAsync("#submit");
        await (await tab.RowAsync("sandbox.run")).ClickAsync();

        await tab.ContainsAsync("#details h2", "sandbox.run");
        await tab.ContainsAsync("#details", "sandbox.exit_code");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.HidesAsync("#details");
    }

    [Fact]
    public async Task An_example_of_each_language_is_at_hand_and_runs()
    {
        await using var tab = await OpenAsync();
        await tab.Page.SelectOptionAsync("#language", "bash");
        Assert.Contains("Hello from Bash", await tab.Page.InputValueAsync("#script"), StringComparison.Ordinal);

        await tab.Page.ClickAsync("#submit");

        await tab.ShowsAsync(".output.stdout pre", "Hello from Bash\n");
    }

    [Fact]
    public async Task What_was_typed_is_not_replaced_by_the_example_of_another_language()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "echo mine");

        await tab.Page.SelectOptionAsync("#language", "bash");

        Assert.Equal("echo mine", await tab.Page.InputValueAsync("#script"));
    }

    [Fact]
    public async Task What_is_typed_while_a_script_runs_stays()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "print('the first')");
        await tab.Page.ClickAsync("#submit");
        await tab.Page.FillAsync("#script", "print('the next')");

        await tab.ShowsAsync(".output.stdout pre", "the first\n");
        await tab.SeesAsync("#rows .row");

        Assert.Equal("print('the next')", await tab.Page.InputValueAsync("#script"));
    }

    [Fact]
    public async Task A_wrong_request_is_told_field_by_field()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "");
        await tab.Page.ClickAsync("#submit");

        await tab.ContainsAsync("#problems", "script");
        await tab.ContainsAsync("#problems", "A script is required.");
    }

    [Fact]
    public async Task A_running_script_is_cancelled()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "import time\ntime.sleep(60)");
        await tab.Page.ClickAsync("#more summary");
        await tab.Page.FillAsync("#timeout", "120");
        await tab.Page.ClickAsync("#submit");
        await tab.ShowsAsync("#state", "Running");

        await tab.Page.ClickAsync("#cancel");

        await tab.ShowsAsync("#state", "Cancelled");
        await tab.HidesAsync("#cancel");
    }

    [Fact]
    public async Task Output_is_there_while_the_script_still_runs()
    {
        await using var tab = await OpenAsync();
        await tab.Page.FillAsync("#script", "import time\nprint('early', flush=True)\ntime.sleep(60)");
        await tab.Page.ClickAsync("#more summary");
        await tab.Page.FillAsync("#timeout", "120");
        await tab.Page.ClickAsync("#submit");

        await tab.ShowsAsync(".output.stdout pre", "early\n");

        await tab.ShowsAsync("#state", "Running");
        await tab.Page.ClickAsync("#cancel");
        await tab.ShowsAsync("#state", "Cancelled");
        await tab.ShowsAsync(".output.stdout pre", "early\n");
        tab.HasNoComplaint();
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var tab = await OpenAsync();
        var keyboard = tab.Page.Keyboard;
        await tab.Page.FocusAsync("#submit");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Page.Locator("#script")).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync("for i in range(2):");
        await keyboard.PressAsync("Enter");
        await keyboard.TypeAsync("print(i)");
        Assert.Equal("for i in range(2):\n    print(i)", await tab.Page.InputValueAsync("#script"));
        await keyboard.PressAsync("Shift+Tab");
        await keyboard.PressAsync("Home");
        await keyboard.PressAsync("Tab");
        Assert.Equal("for i in range(2):\n    print(i)", await tab.Page.InputValueAsync("#script"));
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Page.Locator("#more summary")).ToBeFocusedAsync();
        Assert.NotEqual("none", await tab.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));

        await keyboard.PressAsync("Control+Enter");

        await tab.ContainsAsync(".output.stdout pre", "0\n1");
        await tab.SeesAsync("#rows .row");
        await tab.Page.FocusAsync("#rows");
        await keyboard.PressAsync("End");
        await keyboard.PressAsync("Enter");
        await tab.SeesAsync("#details");
    }

    [Fact]
    public async Task An_address_leads_to_one_execution_and_its_script()
    {
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var id = await user.SubmitAsync("print('found again')");

        await using var tab = await OpenAsync($"#/executions/{id}");

        await tab.ShowsAsync(".output.stdout pre", "found again\n");
        await Assertions.Expect(tab.Page.Locator("#script")).ToHaveValueAsync("print('found again')");
    }

    [Fact]
    public async Task Somebody_elses_execution_does_not_exist()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var id = await admin.SubmitAsync("print('private')");

        await using var tab = await OpenAsync($"#/executions/{id}");

        await tab.ContainsAsync("#state", "There is no such execution");
        Assert.DoesNotContain("private", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<Tab> OpenAsync(string address = "")
    {
        var tab = await browser.OpenAsync(new Uri(_platform.Api, address), _platform.Keys.User);
        await Assertions.Expect(tab.Page.Locator("#script")).ToBeEditableAsync();
        return tab;
    }
}
