using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing;

/// <summary>Languages with a compiler: it runs in the sandbox too, under its own limits, and has its own part of the result.</summary>
[Collection(SandboxFixture.Collection)]
public sealed class CompileTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    [Theory]
    [InlineData("c", "#include <stdio.h>\nint main(int n, char **a) { char line[9]; fgets(line, 9, stdin); printf(\"%d %s %s\", n, a[1], line); return 3; }")]
    [InlineData("c++", "#include <iostream>\nint main(int n, char **a) { std::string line; std::getline(std::cin, line); std::cout << n << ' ' << a[1] << ' ' << line; return 3; }")]
    [InlineData("go", "package main\nimport (\"bufio\"; \"fmt\"; \"os\")\nfunc main() { l, _ := bufio.NewReader(os.Stdin).ReadString(0); fmt.Print(len(os.Args), \" \", os.Args[1], \" \", l); os.Exit(3) }")]
    [InlineData("c#", "Console.Write($\"{args.Length + 1} {args[0]} {Console.In.ReadToEnd()}\"); return 3;")]
    public async Task A_program_is_built_and_run(string language, string script)
    {
        var result = await Sandbox.RunAsync(language, script, run => run with { Arguments = ["it's"], Stdin = "in"u8.ToArray() });

        Assert.Equal((RunOutcome.Exited, 3, "2 it's in"), (result.Outcome, result.ExitCode, Text(result.Stdout)));
        Assert.Equal((RunOutcome.Exited, 0, 0), (result.Compile!.Outcome, result.Compile.ExitCode, result.Compile.Stdout.Bytes.Length));
        Assert.True(result.Compile.RunTime > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("c", "int main(void) { return x; }", "main.c:1")]
    [InlineData("c++", "int main() { return x; }", "main.cpp:1")]
    [InlineData("go", "package main\nfunc main() { x() }", "main.go:2")]
    [InlineData("c#", "return x;", "main.cs(1,8)")]
    public async Task What_does_not_compile_is_not_run_and_the_compiler_says_why(string language, string script, string said)
    {
        var result = await Sandbox.RunAsync(language, script);

        Assert.Equal((RunOutcome.CompileError, null, 0), (result.Outcome, result.ExitCode, result.Stderr.Bytes.Length));
        Assert.NotEqual(0, result.Compile!.ExitCode);
        Assert.Contains(said, Text(result.Compile.Stderr), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#include \"/etc/shadow\"\nint main(void) { return 0; }", nameof(RunOutcome.CompileError))]
    [InlineData("#include __FILE__\n", nameof(RunOutcome.CompileError))]
    [InlineData("char big[300 << 20] = {1};\nint main(void) { return big[0]; }", nameof(RunOutcome.CompileError))]
    [InlineData("#include \"/dev/zero\"\nint main(void) { return 0; }", nameof(RunOutcome.MemoryLimit))]
    public async Task A_hostile_source_only_hurts_its_own_compiler(string script, string outcome)
    {
        Assert.SkipUnless(Sandbox.HasCgroup, "there is no cgroup to bound memory");
        var result = await Sandbox.RunAsync("c", script);

        Assert.True(result.WasCompiling);
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.DoesNotContain("root:", Text(result.Compile!.Stderr), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_beside_the_script_are_built_with_it_and_headers_are_found()
    {
        var result = await Sandbox.RunAsync("c", "#include \"lib/answer.h\"\n#include <stdio.h>\nint main(void) { printf(\"%d\", answer()); }", run => run with
        {
            Files = [.. run.Files, new("lib/answer.h", "int answer(void);"u8.ToArray()), new("lib/answer.c", "int answer(void) { return 42; }"u8.ToArray()), new("program", "taken"u8.ToArray())],
        });

        Assert.Equal("42", Text(result.Stdout));
    }

    [Fact]
    public async Task Cancelling_ends_the_compiler_too()
    {
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource(30);
        var result = await slot.RunAsync(Sandbox.Script("c++", "#include <regex>\n#include <iostream>\nint main() { std::cout << std::regex_match(\"a\", std::regex(\"a\")); }"), cancel.Token);

        Assert.Equal(RunOutcome.Cancelled, result.Outcome);
    }
}
