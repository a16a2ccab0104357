using System.Diagnostics;
using Integr8sCode.Executions;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sandboxing;

[Collection(SandboxFixture.Collection)]
public sealed class LifecycleTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    [Theory]
    [InlineData("(setsid sleep 1000 &) ; echo hi")]
    [InlineData("nohup sleep 1000 >/dev/null 2>&1 & echo hi")]
    [InlineData("perl -e 'use POSIX; exit if fork; setsid; exit if fork; $SIG{TERM} = $SIG{HUP} = \"IGNORE\"; sleep 1000'; echo hi")]
    public async Task Daemons_end_with_the_script(string script)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await Sandbox.RunAsync("bash", script);

        Assert.Equal((RunOutcome.Exited, "hi\n"), (result.Outcome, Text(result.Stdout)));
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(Sandbox.CommandLines(), line => line.Contains("1000", StringComparison.Ordinal));
    }

    [Fact]
    public Task Two_hundred_runs_cancelled_in_their_first_moments_leave_nothing_behind() => CancelAsync(200);

    [Fact(Explicit = true)]
    public Task Two_thousand_runs_cancelled_in_their_first_moments_leave_nothing_behind() => CancelAsync(2_000);

    [Fact]
    public async Task After_a_run_there_is_no_process_group_or_file_of_it()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Sandbox.RunAsync("bash", "sleep 1002 & mkdir -p /tmp/a/b; exit 3")));

        await OnlyTheParkedAreLeftAsync();
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Sandbox.Folder, "*", SearchOption.AllDirectories), path => path.Contains("/w/", StringComparison.Ordinal));
        Assert.All(Sandbox.Pool.Cgroups?.GroupNames() ?? [], names => Assert.Equal(Sandbox.Pool.Slots, names.Count));
    }

    [Fact]
    public async Task Stopping_cancels_what_runs_and_removes_everything()
    {
        var host = await SandboxHost.StartAsync([]);
        var slot = await host.Pool.RentAsync(TestContext.Current.CancellationToken);
        var running = slot.RunAsync(host.Script("bash", "sleep 1003"), CancellationToken.None);
        var (pool, cgroups) = (host.Pool, host.Pool.Cgroups);

        await host.DisposeAsync();

        Assert.Equal(RunOutcome.Cancelled, (await running).Outcome);
        await Eventually.HoldsAsync(() => host.SandboxProcesses().Count == 0); // killed, but the kernel buries in its own time
        Assert.Empty(cgroups?.GroupNames() ?? []);
        Assert.False(Directory.Exists(host.Folder));
        await Assert.ThrowsAsync<SandboxUnavailableException>(async () => await pool.RentAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Giving_a_slot_back_ends_what_runs_in_it()
    {
        var slot = await Sandbox.Pool.RentAsync(TestContext.Current.CancellationToken);
        var running = slot.RunAsync(Sandbox.Script("bash", "sleep 1004"), CancellationToken.None);
        await slot.DisposeAsync();

        Assert.Equal(RunOutcome.Cancelled, (await running.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task A_killed_worker_leaves_no_process_and_the_next_removes_its_groups_and_files()
    {
        using var worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, WorkerArguments()) { RedirectStandardOutput = true })!;
        var (firstUserId, folder) = await Victim.ReadAsync(worker.StandardOutput, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => SandboxHost.ProcessesOf(firstUserId).Count > Sandbox.Pool.Slots * SandboxLauncher.ParkedProcesses);

        worker.Kill();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);

        var begun = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(() => SandboxHost.ProcessesOf(firstUserId).Count == 0);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(1)); // 30 ms on a machine with time to spare
        await using (var next = await SandboxHost.StartAsync(new() { ["Sandbox:Directory"] = folder }))
        {
            await next.Pool.Ready;
            Assert.DoesNotContain(Directory.GetDirectories(folder), path => path.Contains($"-{worker.Id}-", StringComparison.Ordinal));
            Assert.DoesNotContain(next.Pool.Cgroups?.Siblings() ?? [], name => name.Contains($"-{worker.Id}-", StringComparison.Ordinal));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string[] WorkerArguments() =>
    [
        .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? new[] { typeof(Victim).Assembly.Location } : [],
        "-method", $"{typeof(Victim).FullName}.{nameof(Victim.Runs_until_it_is_killed)}", "-explicit", "only", "-showliveoutput",
    ];

    private async Task CancelAsync(int count)
    {
        var random = new Random(20);
        (string Language, string Script)[] scripts =
        [
            ("bash", "(setsid sleep 1001 &); sleep 1001"),
            ("python", "import os, time\nif os.fork() == 0: os.setsid()\ntime.sleep(1001)"),
        ];
        var plan = Enumerable.Range(0, count).Select(number => (Script: scripts[number % scripts.Length], Delay: TimeSpan.FromMilliseconds(10 * random.NextDouble())));
        await Parallel.ForEachAsync(plan, TestContext.Current.CancellationToken, async (one, token) =>
        {
            await using var slot = await Sandbox.Pool.RentAsync(token);
            using var cancel = new CancellationTokenSource(one.Delay);
            var result = await slot.RunAsync(Sandbox.Script(one.Script.Language, one.Script.Script), cancel.Token);
            Assert.Equal(RunOutcome.Cancelled, result.Outcome);
        });

        await OnlyTheParkedAreLeftAsync();
        Assert.All(Sandbox.Pool.Cgroups?.GroupNames() ?? [], names => Assert.Equal(Sandbox.Pool.Slots, names.Count));
    }

    private static bool IsParked(string line) => line.EndsWith(" init", StringComparison.Ordinal) || line.EndsWith(" /w/main.py", StringComparison.Ordinal);

    private async Task OnlyTheParkedAreLeftAsync()
    {
        var parked = Sandbox.Pool.Slots * SandboxLauncher.ParkedProcesses;
        await Eventually.HoldsAsync(() => Sandbox.SandboxProcesses().Count == parked && Sandbox.CommandLines().All(IsParked));
    }
}
