using System.Diagnostics;
using Integr8sCode.Executions;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sandboxing;

[Collection(SandboxFixture.Collection)]
public sealed class OutcomeTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    [Theory]
    [InlineData("python", "print('hello')")]
    [InlineData("bash", "echo hello")]
    [InlineData("node", "console.log('hello')")]
    [InlineData("perl", "print \"hello\\n\"")]
    [InlineData("ruby", "puts 'hello'")]
    [InlineData("php", "<?php echo \"hello\\n\";")]
    [InlineData("lua", "print('hello')")]
    public async Task A_script_says_hello(string language, string script)
    {
        var result = await Sandbox.RunAsync(language, script);

        Assert.Null(result.Error);
        Assert.Equal((RunOutcome.Exited, 0), (result.Outcome, result.ExitCode));
        Assert.Equal("hello\n", Text(result.Stdout));
        Assert.Equal("", Text(result.Stderr));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(193)]
    [InlineData(255)]
    public async Task An_exit_code_is_told_as_it_is(int code)
    {
        var result = await Sandbox.RunAsync("bash", $"echo out; echo err >&2; exit {code}");

        Assert.Equal((RunOutcome.Exited, code), (result.Outcome, result.ExitCode));
        Assert.Equal(("out\n", "err\n"), (Text(result.Stdout), Text(result.Stderr)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(31)]
    public async Task A_signal_is_told_by_its_number(int signal)
    {
        // A slot that ran python keeps a python interpreter waiting, which ignores some signals: the next language must not inherit that.
        await Sandbox.RunAsync("python", "pass");

        var result = await Sandbox.RunAsync("perl", $"kill {signal}, $$; sleep 5");

        Assert.Equal((RunOutcome.Signaled, signal, 128 + signal), (result.Outcome, result.Signal, result.ExitCode));
    }

    [Theory]
    [InlineData("python", "import time; print('before', flush=True); time.sleep(60)")]
    [InlineData("python", "import time, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('before', flush=True); time.sleep(60)")]
    [InlineData("bash", "echo before; kill -STOP $$")]
    [InlineData("bash", "echo before; exec >&- 2>&-; sleep 60")]
    public async Task A_script_that_waits_is_killed_at_its_wall_limit_and_its_output_is_kept(string language, string script)
    {
        var result = await Sandbox.RunAsync(language, script, run => run with { Limits = run.Limits with { Wall = TimeSpan.FromSeconds(1) } });

        Assert.Equal((RunOutcome.Timeout, null), (result.Outcome, result.ExitCode));
        Assert.Equal("before\n", Text(result.Stdout));
        Assert.InRange(result.RunTime + result.StartDelay, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("import os\nfor _ in range(3): os.fork()\nwhile True: pass")]
    public async Task The_cpu_time_of_all_processes_together_is_limited(string script)
    {
        Assert.SkipUnless(Sandbox.HasCgroup, "there is no cgroup to count CPU time");
        var result = await Sandbox.RunAsync("python", script, run => run with { Limits = run.Limits with { Cpu = TimeSpan.FromSeconds(0.5) } });

        Assert.Equal(RunOutcome.CpuLimit, result.Outcome);
        Assert.InRange(result.CpuTime!.Value, TimeSpan.FromSeconds(0.45), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_a_sandbox_used_before_its_script_does_not_count()
    {
        Assert.SkipUnless(Sandbox.HasCgroup, "there is no cgroup to count CPU time");
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        using var preparing = Process.Start("/usr/bin/python3", ["-c", "import time\nwhile time.process_time() < 2.5: pass"]);
        slot.Sandbox.Cgroup!.Add(preparing.Id);
        await preparing.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(slot.Sandbox.Cgroup.CpuTime, TimeSpan.FromSeconds(1.5), TimeSpan.MaxValue);

        var script = Sandbox.Script("bash", "echo ran");
        var result = await slot.RunAsync(script with { Limits = script.Limits with { Cpu = TimeSpan.FromSeconds(1) } }, TestContext.Current.CancellationToken);

        Assert.Equal((RunOutcome.Exited, "ran\n"), (result.Outcome, Text(result.Stdout)));
        Assert.InRange(result.CpuTime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("python", "x = []\nwhile True: x.append(bytearray(1 << 20))")]
    [InlineData("python", "import os\nfor _ in range(3): os.fork()\nx = bytearray(40 << 20)\nimport time; time.sleep(300)")]
    [InlineData("python", "import os, mmap\nf = os.memfd_create('x')\nfor _ in range(200): os.write(f, b'x' * (1 << 20))")]
    [InlineData("node", "const x = []; while (true) x.push(new Array(100000).fill(1.5));")]
    public async Task Memory_is_limited(string language, string script)
    {
        Assert.SkipUnless(Sandbox.HasCgroup, "there is no cgroup to bound memory");
        var limit = 128L << 20;
        var result = await Sandbox.RunAsync(language, $"{script}\n", run => run with { Limits = run.Limits with { Wall = TimeSpan.FromMinutes(1), MemoryBytes = limit, FileSizeBytes = 400 << 20 } });

        Assert.Equal(RunOutcome.MemoryLimit, result.Outcome);
        Assert.Equal(UsageSource.Cgroup, result.UsageSource);
        Assert.InRange(result.PeakMemoryBytes!.Value, limit / 2, limit);
    }

    [Theory]
    [InlineData("yes", true, false)]
    [InlineData("yes >&2", false, true)]
    [InlineData("cat /dev/zero", true, false)]
    [InlineData("(yes >&2) & yes", null, null)]
    public async Task Output_past_its_limit_ends_the_run_and_the_first_bytes_are_kept(string script, bool? stdoutIsCut, bool? stderrIsCut)
    {
        var result = await Sandbox.RunAsync("bash", script);

        Assert.Equal((RunOutcome.OutputLimit, null), (result.Outcome, result.ExitCode));
        var streams = new[] { (result.Stdout, stdoutIsCut), (result.Stderr, stderrIsCut) };
        Assert.All(streams, stream => Assert.Equal(stream.Item2 ?? stream.Item1.Truncated, stream.Item1.Truncated));
        Assert.All(streams, stream => Assert.True(stream.Item1.Bytes.Length <= 1 << 20));
        Assert.All(streams.Where(stream => stream.Item1.Truncated), stream => Assert.Equal(1 << 20, stream.Item1.Bytes.Length));
        Assert.Contains(streams, stream => stream.Item1.Truncated);
    }

    [Fact]
    public async Task Output_of_exactly_the_limit_is_whole_and_output_is_bytes()
    {
        var result = await Sandbox.RunAsync("python", "import sys; sys.stdout.buffer.write(bytes(range(256)) * 4096); sys.stderr.buffer.write(b'\\xff\\x00')");

        Assert.Equal((RunOutcome.Exited, false), (result.Outcome, result.Stdout.Truncated));
        Assert.Equal(Enumerable.Range(0, 1 << 20).Select(index => (byte)index), result.Stdout.Bytes.ToArray());
        Assert.Equal([0xff, 0x00], result.Stderr.Bytes.ToArray());
    }

    [Fact]
    public async Task Cancelling_ends_the_run_at_once_and_keeps_its_output()
    {
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var running = slot.RunAsync(Sandbox.Script("bash", "echo started; sleep 60"), cancel.Token);
        await Eventually.HoldsAsync(() => Sandbox.CommandLines().Any(line => line == "sleep 60"));

        await cancel.CancelAsync();
        var result = await running.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal((RunOutcome.Cancelled, "started\n"), (result.Outcome, Text(result.Stdout)));
    }

    [Fact]
    public async Task A_run_cancelled_before_it_begins_is_cancelled()
    {
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        var result = await slot.RunAsync(Sandbox.Script("bash", "echo never"), new CancellationToken(canceled: true));

        Assert.Equal((RunOutcome.Cancelled, 0), (result.Outcome, result.Stdout.Bytes.Length));
    }

    [Fact]
    public async Task A_slot_runs_one_script()
    {
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        await slot.RunAsync(Sandbox.Script("bash", "echo once"), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => slot.RunAsync(Sandbox.Script("bash", "echo twice"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Times_and_memory_are_those_of_the_script()
    {
        var result = await Sandbox.RunAsync("python", "import time\nx = bytearray(50 << 20)\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\ntime.sleep(0.3)");

        Assert.InRange(result.RunTime, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
        Assert.InRange(result.StartDelay, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        if (Sandbox.HasCgroup)
        {
            Assert.InRange(result.CpuTime!.Value, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.6));
            Assert.InRange(result.PeakMemoryBytes!.Value, 50 << 20, 90 << 20);
        }
    }

    [Fact]
    public async Task A_sandbox_that_was_killed_while_it_waited_is_replaced()
    {
        await using var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        slot.Sandbox.Kill();
        await slot.Sandbox.ExitAsync();
        var result = await slot.RunAsync(Sandbox.Script("bash", "echo alive"), TestContext.Current.CancellationToken);

        Assert.Equal("alive\n", Text(result.Stdout));
    }

    [Fact]
    public async Task A_missing_interpreter_is_not_a_fault_of_the_sandbox()
    {
        var missing = Sandbox.Script("bash", "").Language with { Command = ["/usr/bin/no-such-interpreter"] };
        var result = await Sandbox.RunAsync("bash", "", run => run with { Language = missing });

        Assert.Equal((RunOutcome.Exited, 127), (result.Outcome, result.ExitCode));
    }

    [Fact]
    public async Task An_argument_too_long_for_the_kernel_is_not_a_fault_of_the_sandbox()
    {
        var result = await Sandbox.RunAsync("bash", "echo never", run => run with { Arguments = [new string('x', 200_000)] });

        Assert.Equal((RunOutcome.Exited, 126, ""), (result.Outcome, result.ExitCode, Text(result.Stdout)));
    }
}
