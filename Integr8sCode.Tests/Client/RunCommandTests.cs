using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Client;

[Collection<SharedPlatform>]
public sealed class RunCommandTests(PlatformFixture fixture) : IDisposable
{
    private readonly LocalPlatform _platform = fixture.Join();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_gets_standard_input_and_arguments_and_its_output_and_exit_code_come_back()
    {
        using var command = Start(
            "in", ["run", Script("a.py", "import sys\nprint(sys.stdin.read(), sys.argv[1:])\nprint('err', file=sys.stderr)\nsys.exit(3)"), "--quiet", "--", "x", "--y"]);

        Assert.Equal((3, "in ['x', '--y']\n", "err\n"), await command.EndAsync(Stop));
    }

    [Fact]
    public async Task Afterwards_it_tells_where_the_time_went_on_standard_error()
    {
        using var command = Start("", ["run", Script("a.sh", "echo hello"), "--trace"]);

        var (exitCode, output, errors) = await command.EndAsync(Stop);

        Assert.Equal((0, "hello\n"), (exitCode, output));
        Assert.Contains("where the time went", errors, StringComparison.Ordinal);
        Assert.Contains("sandbox.run", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_watches_it_waits_for_no_trace()
    {
        using var command = Start("", ["run", Script("a.sh", "echo hello"), "--priority", "high"]);

        Assert.Equal((0, "hello\n", ""), await command.EndAsync(Stop));
    }

    [Fact]
    public async Task Output_comes_while_the_script_runs_and_an_interrupt_cancels_it()
    {
        using var command = Start("", ["run", Script("a.txt", "import time\nprint('started', flush=True)\ntime.sleep(60)"), "--language", "python", "--quiet"]);
        Assert.Equal("started", await command.ReadLineAsync(Stop));

        command.Send(Signal.Interrupt);
        command.Send(Signal.Interrupt); // as npm, timeout and others do: it is the same one

        var (exitCode, _, errors) = await command.EndAsync(Stop);
        Assert.Equal(130, exitCode);
        Assert.StartsWith("integr8s: cancelled", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "unknown option '--verbose'", "--verbose", "1")]
    [InlineData(64, "no language has the extension '.py2'")]
    [InlineData(64, "--url: 'nowhere' is no http address", "--url", "nowhere")]
    [InlineData(65, "400: language: Unknown language", "--language", "cobol")]
    [InlineData(65, "400: priority: ", "--language", "python", "--priority", "urgent")]
    [InlineData(77, "401: ", "--language", "python", "--key", "i8s_nobody")]
    [InlineData(124, "timeout: ", "--language", "python", "--timeout", "1", "--quiet")]
    public async Task What_is_not_the_scripts_doing_has_a_code_and_a_line_of_its_own(int expected, string line, params string[] arguments)
    {
        using var command = Start("", ["run", Script("a.py2", "import time\ntime.sleep(60)"), .. arguments]);

        var (exitCode, output, errors) = await command.EndAsync(Stop);

        Assert.Equal((expected, ""), (exitCode, output));
        Assert.StartsWith($"integr8s: {line}", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private CommandProcess Start(string stdin, string[] arguments) => new(_platform, stdin, arguments);

    private string Script(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
