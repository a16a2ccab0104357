namespace Integr8sCode.Engineering;

/// <summary>run.sh and test.sh with a dotnet that builds nothing.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly ScriptClone _clone = new();

    public CommandTests()
    {
        foreach (var script in (string[])["sdk", "sandbox", "feed", "browser"])
        {
            File.Delete(_clone.PathOf($"eng/{script}.sh"));
            _clone.WriteProgram($"eng/{script}.sh", "");
        }
    }

    [Fact]
    public async Task Options_reach_the_program_in_local_mode()
    {
        UseAspire(false);

        var run = await _clone.RunAsync("run.sh", "--reset", "--api-port", "0", "--data", "a b");

        Assert.Equal(
            new ScriptResult(
                0,
                "Local mode, plain processes, because the NuGet feed has no Aspire\nBuilding\nstarted: --local --reset --api-port 0 --data a b (6)",
                ""),
            run);
    }

    [Fact]
    public async Task An_option_of_local_mode_chooses_it_and_does_not_go_with_Aspire()
    {
        UseAspire(true);
        _clone.Stub("docker", "exit 0");

        var chosen = await _clone.RunAsync("run.sh", "--api-port", "0");
        var refused = await _clone.RunAsync("run.sh", "--aspire", "--reset");

        Assert.Equal(
            new ScriptResult(0, "Local mode, plain processes, because of --api-port\nBuilding\nstarted: --local --api-port 0 (3)", ""), chosen);
        Assert.Equal(new ScriptResult(1, "", "error: --reset is an option of local mode; leave out --aspire"), refused);
    }

    [Theory]
    [InlineData("exit 0", "", "With Aspire", "run --project Integr8sCode.AppHost --configuration Release --no-build -- --x")]
    [InlineData("exit 0", "--local", "Local mode", "started: --local --x (2)")]
    [InlineData("exit 1", "", "Local mode", "started: --local --x (2)")]
    [InlineData("exit 1", "--aspire", "With Aspire", "run --project Integr8sCode.AppHost --configuration Release --no-build -- --x")]
    public async Task Aspire_runs_where_a_container_engine_answers_or_it_is_asked_for(string engine, string option, string mode, string started)
    {
        UseAspire(true);
        _clone.Stub("docker", engine);
        _clone.Stub("podman", engine);

        var run = await _clone.RunAsync("run.sh", [.. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--x"]);

        Assert.Equal(started, run.LastLine);
        Assert.StartsWith(mode, run.Output, StringComparison.Ordinal); // the first line says which
    }

    [Fact]
    public async Task Aspire_cannot_be_forced_on_a_feed_without_it()
    {
        UseAspire(false);

        Assert.Equal(new ScriptResult(1, "", "error: the NuGet feed has no Aspire packages; run ./run.sh --local"), await _clone.RunAsync("run.sh", "--aspire"));
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_starts_nothing()
    {
        UseAspire(false);
        _clone.Stub("dotnet", "echo Program.cs: error CS1002; exit 1");

        Assert.Equal(new ScriptResult(1, "Local mode, plain processes, because the NuGet feed has no Aspire\nBuilding", "Program.cs: error CS1002"), await _clone.RunAsync("run.sh"));
    }

    [Theory]
    [InlineData(0, "6 passed, 0 failed", 0)]
    [InlineData(1, "6 passed, 1 failed, 2 skipped", 1)]
    public async Task The_last_line_of_the_tests_is_the_sum_of_all_test_assemblies(int failed, string lastLine, int exitCode)
    {
        var skipped = 2 * failed;
        _clone.Write("first.trx", """<Counters total="4" executed="4" passed="4" failed="0" error="0" />""");
        _clone.Write("second.trx", $"""<Counters total="{2 + failed + skipped}" executed="{2 + failed}" passed="2" failed="{failed}" error="0" />""");
        _clone.Stub("dotnet", $"[[ $1 != test ]] || {{ mkdir -p artifacts/test-results && cp ./*.trx artifacts/test-results; exit {failed}; }}");

        var tested = await _clone.RunAsync("test.sh");

        Assert.Equal((lastLine, exitCode), (tested.LastLine, tested.ExitCode));
    }

    [Fact]
    public async Task What_failed_and_why_tests_were_skipped_stands_at_the_end()
    {
        _clone.Write("tests.trx", """
              <UnitTestResult testName="Passes" outcome="Passed" />
              <UnitTestResult testName="Program" outcome="NotExecuted" />
              <UnitTestResult testName="First" outcome="NotExecuted">
                <Output><ErrorInfo><Message>needs A &amp;amp; B</Message></ErrorInfo></Output>
              </UnitTestResult>
              <UnitTestResult testName="Second" outcome="NotExecuted">
                <Output><ErrorInfo><Message>needs A &amp;amp; B</Message></ErrorInfo></Output>
              </UnitTestResult>
              <UnitTestResult testName="Third(text: &quot;&lt;a&gt;&quot;)" outcome="Failed">
                <Output>
                  <StdOut>printed</StdOut>
                  <ErrorInfo>
                    <Message>Assert.Equal() Failure
            Expected: 1
            Actual:   2</Message>
                    <StackTrace>   at Xunit.Assert.Equal()
               at Third(String text) in /src/Third.cs:line 12</StackTrace>
                  </ErrorInfo>
                </Output>
              </UnitTestResult>
              <Counters total="5" executed="2" passed="1" failed="1" />
            """);
        _clone.Stub("dotnet", """
            [[ $1 == test ]] || exit 0
            echo "[xUnit.net 00:00:00.10]     First [SKIP]"; echo "  Skipped First [1 ms]"; echo "  Failed Third [1 ms]"
            mkdir -p artifacts/test-results && cp tests.trx artifacts/test-results; exit 1
            """);

        var tested = await _clone.RunAsync("test.sh");

        Assert.Equal(
            """
              Failed Third [1 ms]
            1 skipped: runs only when it is asked for
            2 skipped: needs A &amp; B

            Failed Third(text: "<a>")
              Assert.Equal() Failure
              Expected: 1
              Actual:   2
                 at Third(String text) in /src/Third.cs:line 12

            1 passed, 1 failed, 3 skipped
            """,
            tested.Output[(tested.Output.IndexOf("Building\n", StringComparison.Ordinal) + "Building\n".Length)..]);
    }

    [Fact]
    public async Task A_run_without_any_test_is_a_failure()
    {
        _clone.Stub("dotnet", "");

        var tested = await _clone.RunAsync("test.sh", "--filter", "Nothing");

        Assert.Equal(("0 passed, 0 failed", 1), (tested.LastLine, tested.ExitCode));
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("format")]
    [InlineData("build")]
    public async Task A_step_that_fails_ends_the_tests(string step)
    {
        _clone.Stub("dotnet", $"[[ $1 != {step} ]] || exit 3");

        Assert.Equal(3, (await _clone.RunAsync("test.sh")).ExitCode);
    }

    public void Dispose() => _clone.Dispose();

    private void UseAspire(bool use)
    {
        _clone.Write("artifacts/feed.props", $"<UseAspire>{(use ? "true" : "false")}</UseAspire>");
        _clone.WriteProgram("artifacts/bin/Integr8sCode.AppHost/release/Integr8sCode.AppHost", """echo "started: $* ($#)" """);
        _clone.Stub("dotnet", """[[ $1 == build ]] || echo "$*" """);
    }
}
