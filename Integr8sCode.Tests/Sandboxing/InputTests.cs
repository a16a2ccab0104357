using System.Text;
using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing;

[Collection(SandboxFixture.Collection)]
public sealed class InputTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    private static readonly string[] _oddArguments = ["", " ", "a b", "it's", "\"q\"", "$HOME `id` $(id) \\", "line\nline", "\t*?[", "-n", "é ā Ă 漢 🙂", "a;b|c&d>e", "\u0001\u007f\u0088"];

    [Fact]
    public async Task Arguments_arrive_as_they_were_given()
    {
        var result = await Sandbox.RunAsync("python", "import sys; sys.stdout.write('\\0'.join(sys.argv[1:]))", run => run with { Arguments = _oddArguments });

        Assert.Equal(_oddArguments, Text(result.Stdout).Split('\0'));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(300_000)]
    public async Task Input_arrives_whole_and_then_ends(int length)
    {
        var input = Enumerable.Range(0, length).Select(index => (byte)(index * 7)).ToArray();
        var result = await Sandbox.RunAsync("bash", "cat", run => run with { Stdin = input });

        Assert.Equal(input, result.Stdout.Bytes.ToArray());
    }

    [Fact]
    public async Task Input_that_is_not_read_does_not_matter()
    {
        var result = await Sandbox.RunAsync("bash", "echo done", run => run with { Stdin = new byte[300_000] });

        Assert.Equal((RunOutcome.Exited, 0, "done\n"), (result.Outcome, result.ExitCode, Text(result.Stdout)));
    }

    [Fact]
    public async Task Reading_past_the_input_is_an_error_of_the_script()
    {
        var result = await Sandbox.RunAsync("python", "input()");

        Assert.Equal((RunOutcome.Exited, 1), (result.Outcome, result.ExitCode));
        Assert.Contains("EOFError", Text(result.Stderr), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interpreter_that_waits_does_not_compile_what_it_waits_in()
    {
        var result = await Sandbox.RunAsync(
            "python", $"import importlib.util, os; print(os.path.exists(importlib.util.cache_from_source('{ParkedPython.Folder}/{ParkedPython.FileName}')))");

        Assert.Equal("True\n", Text(result.Stdout));
    }

    [Fact]
    public async Task The_environment_is_what_the_run_allows_and_nothing_more()
    {
        var result = await Sandbox.RunAsync("python", "import os\nfor k in sorted(os.environ): print(k + '=' + os.environ[k])",
            run => run with { Environment = new Dictionary<string, string> { ["TZ"] = "it's; $(id)\nUTC" } });

        Assert.Equal("HOME=/tmp\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\nPWD=/tmp\nTZ=it's; $(id)\nUTC\n", Text(result.Stdout));
    }

    [Fact]
    public async Task Several_files_stand_side_by_side()
    {
        var result = await Sandbox.RunAsync("python", "import helper, pack.inner; print(helper.x + pack.inner.y, open('/w/data/a.txt').read())", run => run with
        {
            Files = [.. run.Files, File("helper.py", "x = 40"), File("pack/__init__.py", ""), File("pack/inner.py", "y = 2"), File("data/a.txt", "text")],
        });

        Assert.Equal("42 text\n", Text(result.Stdout));
    }

    [Fact]
    public async Task A_script_of_one_megabyte_runs()
    {
        var result = await Sandbox.RunAsync("bash", $"# {new string('x', 1 << 20)}\necho ran");

        Assert.Equal("ran\n", Text(result.Stdout));
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("main.sh")]
    public async Task A_file_path_outside_the_scripts_directory_or_given_twice_is_refused(string path)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Sandbox.RunAsync("bash", "", run => run with { Files = [.. run.Files, File(path, "x")] }));
    }

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("PATH")]
    [InlineData("TZ=x; id; A")]
    public async Task A_variable_that_is_not_on_the_list_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Sandbox.RunAsync("bash", "", run => run with { Environment = new Dictionary<string, string> { [name] = "x" } }));
    }

    [Fact]
    public async Task The_files_of_one_run_are_gone_in_the_next()
    {
        for (var round = 0; round < 2 * Sandbox.Pool.Slots; round++)
        {
            var result = await Sandbox.RunAsync("bash", "ls /w /tmp /dev/shm; touch /tmp/left /dev/shm/left", run => run with { Files = [.. run.Files, File($"file-{round}", "")] });
            Assert.Equal($"/dev/shm:\n\n/tmp:\n\n/w:\nfile-{round}\nmain.sh\n", Text(result.Stdout));
        }
    }

    private static SandboxFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
