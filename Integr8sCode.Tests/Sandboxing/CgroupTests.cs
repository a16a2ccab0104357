using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Integr8sCode.Sandboxing.Cgroups;

namespace Integr8sCode.Sandboxing;

public sealed class CgroupTests
{
    [Fact]
    public void Version_1_is_found_controller_by_controller()
    {
        var mounts = CgroupMounts.Parse(
            ["32 31 0:29 / /none/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct", "35 31 0:32 / /proc rw,relatime shared:5 - cgroup cgroup rw,memory", "20 1 0:2 / / rw - ext4 /dev/vda rw"],
            ["4:memory:/self", "1:cpu,cpuacct:/", "0::/"]);

        Assert.Equal("/proc/self", mounts.Controllers["memory"]);
        Assert.Equal("/none/cpu", mounts.Controllers["cpuacct"]);
        Assert.Equal("/proc", mounts.ControllerMounts["memory"]);
        Assert.Null(mounts.Unified);
    }

    [Fact]
    public void Version_2_is_found_below_the_mounted_part_of_the_hierarchy()
    {
        var mounts = CgroupMounts.Parse(["41 31 0:38 /docker/abc /proc rw,nosuid - cgroup2 cgroup2 rw"], ["0::/docker/abc/self"]);

        Assert.Equal(("/proc/self", "/proc"), (mounts.Unified, mounts.UnifiedMount));
    }

    [Fact]
    public async Task A_group_of_version_2_counts_and_kills_the_processes_in_it()
    {
        using var tree = CgroupV2Tree.TryCreate(CgroupMounts.Read(), WorkerName.Create(), slots: 1);
        Assert.SkipWhen(tree is null, "this machine has no cgroup v2 that the tests may write");
        var group = tree.Create("slot-0-1");
        const string script = "read -r go; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 50 & echo in; wait";
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        group.Add(process.Id);
        await process.StandardInput.WriteLineAsync();
        Assert.Equal("in", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        Assert.False(group.IsEmpty);
        Assert.False(group.TryRemove());
        Assert.InRange(group.CpuTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
        group.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => group.IsEmpty);
        await Eventually.HoldsAsync(group.TryRemove);
    }

    [Fact]
    public void A_group_of_version_2_is_not_asked_for_controllers_while_processes_are_in_it()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
        File.WriteAllText(Path.Combine(folder, "cgroup.type"), "domain\n");
        File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), "cpu memory pids\n");
        File.WriteAllText(Path.Combine(folder, "cgroup.procs"), $"{int.MaxValue}\n");
        File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "");
        var mounts = new CgroupMounts(new Dictionary<string, string>(), new Dictionary<string, string>(), folder, folder);

        using (var tree = CgroupV2Tree.TryCreate(mounts, WorkerName.Create(), slots: 1))
        {
            Assert.False(tree?.BoundsMemory);
            Assert.Equal("", File.ReadAllText(Path.Combine(folder, "cgroup.subtree_control")));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Groups_of_a_dead_worker_are_removed_wherever_they_are_and_a_living_ones_stay()
    {
        var mounts = CgroupMounts.Read();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && mounts.ControllerMounts.ContainsKey("memory"), "no cgroup v1 that the tests may write");
        var elsewhere = Directory.CreateDirectory(Path.Combine(mounts.ControllerMounts["memory"], $"sandbox-tests-{Environment.ProcessId}")).FullName;
        var dead = Path.Combine(elsewhere, $"{WorkerName.Prefix}{int.MaxValue}-1");
        var living = Path.Combine(elsewhere, $"{WorkerName.Prefix}{Environment.ProcessId}-1");
        Directory.CreateDirectory(Path.Combine(dead, "slot-0-1"));
        Directory.CreateDirectory(living);

        using (CgroupV1Tree.TryCreate(mounts, WorkerName.Create(), slots: 1))
        {
            Assert.Equal((false, true), (Directory.Exists(dead), Directory.Exists(living)));
        }
        Directory.Delete(living);
        Directory.Delete(elsewhere);
    }

    [Fact]
    public void What_a_dead_worker_left_is_removed_and_what_a_living_one_has_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
        var dead = Path.Combine(folder, $"{WorkerName.Prefix}{int.MaxValue}-1");
        var living = Path.Combine(folder, $"{WorkerName.Prefix}{Environment.ProcessId}-1");
        Directory.CreateDirectory(Path.Combine(dead, "slot-0"));
        Directory.CreateDirectory(living);

        using (new SandboxDirectory(folder, WorkerName.Create()))
        {
            Assert.False(Directory.Exists(dead));
            Assert.True(Directory.Exists(living));
        }
        Assert.Equal([living], Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder, recursive: true);
    }
}
