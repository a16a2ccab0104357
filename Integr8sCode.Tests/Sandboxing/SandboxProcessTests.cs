using System.IO.Pipes;
using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing;

/// <summary>Processes that the worker starts without .NET's own class, and what the kernel tells of them.</summary>
public sealed class SandboxProcessTests
{
    private const int Megabytes = 400;

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -PIPE $$", 141)]
    public async Task A_process_is_told_by_its_end(string script, int exitCode)
    {
        using var process = new SandboxProcess(new(["/bin/sh", "-c", script]));

        Assert.Equal(exitCode, await process.Exited.WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(process.HasExited);
        process.Kill(); // nobody is there any more, and nobody else is hit
    }

    [Fact]
    public async Task A_process_has_nothing_of_the_worker_but_three_streams()
    {
        using var launcher = new LauncherThread();
        using var process = await launcher.StartAsync(new(["/bin/bash", "-c", "cat; env | grep -v '^\\(PWD\\|SHLVL\\|_\\)='; ls /proc/self/fd | wc -l; ps -o sid= -p $$ | tr -d ' '; echo err >&2"]));
        await process.Stdin.WriteAsync("in\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await process.Stdin.DisposeAsync();

        using var stdout = new StreamReader(process.Stdout);
        using var stderr = new StreamReader(process.Stderr);
        Assert.Equal($"in\n4\n{process.Id}\n", await stdout.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("err\n", await stderr.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_descriptor_that_another_thread_opens_as_a_process_starts_stays_outside()
    {
        // Inherited by every child, as librdkafka's pipes are, and without the launcher, which marks what is open before.
        using var opened = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var process = new SandboxProcess(new(["/bin/ls", "/proc/self/fd"]));

        using var stdout = new StreamReader(process.Stdout);
        Assert.Equal("0\n1\n2\n3\n", await stdout.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_of_another_user_has_nothing_of_root_and_the_next_of_root_has_all()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root starts processes of other users");
        using var launcher = new LauncherThread();

        Assert.Equal(
            ["Uid: 300123 300123 300123 300123", "Gid: 300123 300123 300123 300123", "Groups:", "CapPrm: 0000000000000000", "CapEff: 0000000000000000"],
            await IdentityAsync(300_123));
        Assert.Equal(["Uid: 0 0 0 0", "Gid: 0 0 0 0"], (await IdentityAsync(null)).Take(2));

        async Task<IEnumerable<string>> IdentityAsync(int? userId)
        {
            using var process = await launcher.StartAsync(new(["/bin/grep", "-E", "^(Uid|Gid|Groups|CapPrm|CapEff):", "/proc/self/status"]) { UserId = userId });
            using var said = new StreamReader(process.Stdout);
            return (await said.ReadToEndAsync(TestContext.Current.CancellationToken))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Fact]
    public async Task Without_a_control_group_usage_is_the_kernels_account_of_ended_children()
    {
        Assert.SkipWhen(SandboxHost.MissingPart is not null, SandboxHost.MissingPart ?? "");
        var folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
        SlotPlace.MakePassable(folder);
        using (var directory = new SandboxDirectory(folder, WorkerName.Create()))
        using (var launcher = new SandboxLauncher(new SandboxOptions(), directory, cgroups: null))
        {
            var limits = new SandboxLimits { MemoryBytes = 1L << 30 };
            var place = directory.AddSlot(0, Environment.IsPrivilegedProcess ? 199_999 : null);
            await using var sandbox = await launcher.ParkAsync(place, limits.TemporaryDiskBytes, parked: null, TestContext.Current.CancellationToken);
            var script = $"import time\nx = b'x' * ({Megabytes} << 20)\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass";

            var result = await new SandboxExecution(sandbox, limits, TimeProvider.System)
                .RunAsync(InitScript.StartLine(["/usr/bin/python3", "-c", script], new Dictionary<string, string>(), limits), default, TestContext.Current.CancellationToken);

            Assert.Equal((RunOutcome.Exited, 0, UsageSource.Wait4), (result.Outcome, result.ExitCode, result.UsageSource));
            Assert.InRange(result.CpuTime!.Value, TimeSpan.FromSeconds(0.3), limits.Cpu);
            Assert.InRange(result.PeakMemoryBytes ?? Megabytes << 20, Megabytes << 20, (Megabytes + 100) << 20); // null where this process itself had more
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_versions_of_a_language_stand_side_by_side()
    {
        Assert.SkipWhen(SandboxHost.MissingPart is not null, SandboxHost.MissingPart ?? "");
        var folder = Directory.CreateDirectory($"/var/tmp/sandbox-tests-{Environment.ProcessId}").FullName; // not /tmp, which is the script's own
        var interpreter = Path.Combine(folder, "bash-next");
        SlotPlace.MakePassable(folder);
        new SlotPlace(0, null, folder).Write([new SandboxFile("bash-next", "#!/bin/sh\n[ \"$1\" = --version ] && echo 99.1.2 || exec /usr/bin/bash \"$@\"\n"u8.ToArray()) { IsProgram = true }]);
        await using (var host = await SandboxHost.StartAsync(new()
        {
            ["Sandbox:Slots"] = "1",
            ["Sandbox:ReadOnlyPaths:0"] = folder,
            ["Sandbox:Languages:bash-next:Name"] = "bash",
            ["Sandbox:Languages:bash-next:Interpreter"] = interpreter,
            ["Sandbox:Languages:bash-next:FileName"] = "main.sh",
            ["Sandbox:Languages:bash-next:Example"] = "echo next",
        }))
        {
            await host.Pool.Ready;
            var older = host.Catalog.Find("bash", "5")!;

            Assert.Equal("99.1.2", host.Catalog.Find("bash", version: null)!.Version);
            Assert.StartsWith("5.", older.Version, StringComparison.Ordinal);
            foreach (var language in new[] { older, host.Catalog.Find("bash", "99.1")! })
            {
                var result = await host.RunAsync("bash", "echo ran", run => run with { Language = language });
                Assert.Equal("ran\n", SandboxTests.Text(result.Stdout));
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Further_paths_of_the_host_can_be_shown_also_in_etc()
    {
        Assert.SkipWhen(SandboxHost.MissingPart is not null, SandboxHost.MissingPart ?? "");
        Assert.SkipUnless(File.Exists("/etc/debian_version") && Directory.Exists("/etc/init.d"), "These are Debian's.");
        await using var host = await SandboxHost.StartAsync(new()
        {
            ["Sandbox:Slots"] = "1",
            ["Sandbox:ReadOnlyPaths:0"] = "/etc/debian_version",
            ["Sandbox:ReadOnlyPaths:1"] = "/etc/init.d",
        });
        await host.Pool.Ready;

        var result = await host.RunAsync("bash", "ls /etc; cat /etc/debian_version");

        Assert.Equal(
            $"alternatives\ndebian_version\ngroup\nhosts\ninit.d\nld.so.cache\nnsswitch.conf\npark\npasswd\n{await File.ReadAllTextAsync("/etc/debian_version", TestContext.Current.CancellationToken)}",
            SandboxTests.Text(result.Stdout));
    }
}
