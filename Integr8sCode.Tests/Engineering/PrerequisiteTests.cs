namespace Integr8sCode.Engineering;

public sealed class PrerequisiteTests : IDisposable
{
    private readonly ScriptClone _clone = new();

    [Fact]
    public async Task Without_an_SDK_both_commands_stop_and_name_the_wanted_one()
    {
        _clone.ShowOnly();
        const string error = "error: no .NET SDK found; install 10.0.100 or a later 10 from https://dot.net/download";

        Assert.Equal(new ScriptResult(1, "", error), await _clone.RunAsync("run.sh"));
        Assert.Equal(new ScriptResult(1, "", error), await _clone.RunAsync("test.sh"));
    }

    [Fact]
    public async Task With_another_SDK_the_wanted_and_the_found_ones_are_named()
    {
        _clone.Stub("dotnet", """[[ $1 == --list-sdks ]] && printf '8.0.404 [/sdk]\n9.0.100 [/sdk]\n' || exit 155""");

        var run = await _clone.RunAsync("run.sh");

        Assert.Equal(new ScriptResult(1, "", "error: global.json asks for .NET SDK 10.0.100 or a later 10.0.x, found 8.0.404 9.0.100; see https://dot.net/download"), run);
    }

    [Fact]
    public async Task Without_bubblewrap_and_without_apt_the_command_to_run_is_named()
    {
        _clone.ShowOnly();
        StubInterpreters();

        var prepared = await _clone.RunAsync("eng/sandbox.sh");

        Assert.Equal(new ScriptResult(1, "", "error: missing bubblewrap util-linux; run: sudo apt-get install --yes bubblewrap util-linux"), prepared);
    }

    [Fact]
    public async Task A_bubblewrap_that_is_too_old_is_refused()
    {
        StubInterpreters();
        _clone.Stub("setpriv", "");
        _clone.Stub("bwrap", "echo bubblewrap 0.4.1");

        var prepared = await _clone.RunAsync("eng/sandbox.sh");

        Assert.Equal(new ScriptResult(1, "", "error: bubblewrap 0.4.1 is too old; 0.8.0 or newer is needed"), prepared);
    }

    [Fact]
    public async Task Nothing_is_said_or_installed_when_everything_is_there()
    {
        StubInterpreters();
        _clone.Stub("setpriv", "");
        _clone.Stub("bwrap", "echo bubblewrap 0.11.0");
        _clone.Stub("apt-get", "exit 1");

        Assert.Equal(new ScriptResult(0, "", ""), await _clone.RunAsync("eng/sandbox.sh"));
    }

    [Fact]
    public async Task Without_a_browser_the_command_to_run_is_named_and_nothing_fails()
    {
        _clone.ShowOnly();

        var prepared = await _clone.RunAsync("eng/browser.sh");

        Assert.Equal((0, "The pages will not be tested in a browser: sudo apt-get install --yes chromium"), (prepared.ExitCode, prepared.LastLine));
    }

    [Theory]
    [InlineData("chromium")]
    [InlineData("google-chrome")]
    public async Task Any_browser_of_the_family_will_do(string program)
    {
        _clone.ShowOnly();
        _clone.Stub(program, "");
        _clone.Stub("apt-get", "exit 1");

        Assert.Equal(new ScriptResult(0, "", ""), await _clone.RunAsync("eng/browser.sh"));
    }

    public void Dispose() => _clone.Dispose();

    private void StubInterpreters()
    {
        foreach (var program in (string[])["node", "perl", "ruby"])
        {
            _clone.Stub(program, "");
        }
    }
}
