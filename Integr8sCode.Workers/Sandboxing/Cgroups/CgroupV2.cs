namespace Integr8sCode.Sandboxing.Cgroups;

internal sealed class CgroupV2(string directory, IReadOnlyList<string> controllers) : Cgroup([directory])
{
    private readonly bool _boundsMemory = controllers.Contains("memory");

    /// <summary>Counted by the kernel for every group, whichever controllers there are.</summary>
    public override TimeSpan CpuTime => TimeSpan.FromMicroseconds(CgroupFile.Read(directory, "cpu.stat", "usage_usec"));

    /// <summary>Null on kernels before 5.19.</summary>
    public override long? PeakMemoryBytes =>
        File.Exists(Path.Combine(directory, "memory.peak")) ? CgroupFile.Read(directory, "memory.peak") : null;

    public override bool RanOutOfMemory => _boundsMemory && CgroupFile.Read(directory, "memory.events", "oom_kill") > 0;

    public override void Apply(SandboxLimits limits)
    {
        if (_boundsMemory)
        {
            CgroupFile.Write(directory, "memory.max", limits.MemoryBytes);
            if (File.Exists(Path.Combine(directory, "memory.swap.max")))
            {
                CgroupFile.Write(directory, "memory.swap.max", 0);
            }
        }
        if (controllers.Contains("pids"))
        {
            CgroupFile.Write(directory, "pids.max", limits.Processes + SandboxLauncher.OwnProcesses);
        }
    }

    /// <summary>All at once, forks included, where the kernel can (5.14).</summary>
    public override void Kill()
    {
        if (File.Exists(Path.Combine(directory, "cgroup.kill")))
        {
            CgroupFile.Write(directory, "cgroup.kill", 1);
        }
        else
        {
            base.Kill();
        }
    }
}
