namespace Integr8sCode.Sandboxing.Cgroups;

internal sealed class CgroupV1(IReadOnlyDictionary<string, string> directoryOf) : Cgroup([.. directoryOf.Values.Distinct()])
{
    private readonly string _memory = directoryOf["memory"];
    private readonly string? _pids = directoryOf.GetValueOrDefault("pids");
    private readonly string? _cpu = directoryOf.GetValueOrDefault("cpuacct");

    public override TimeSpan CpuTime => _cpu is null ? TimeSpan.Zero : TimeSpan.FromMicroseconds(CgroupFile.Read(_cpu, "cpuacct.usage") / 1000);

    public override long? PeakMemoryBytes => CgroupFile.Read(_memory, "memory.max_usage_in_bytes");

    public override bool RanOutOfMemory => CgroupFile.Read(_memory, "memory.oom_control", "oom_kill") > 0;

    public override void Apply(SandboxLimits limits)
    {
        // What waited in the sandbox until now is not the script's.
        CgroupFile.Write(_memory, "memory.max_usage_in_bytes", 0);
        CgroupFile.Write(_memory, "memory.limit_in_bytes", limits.MemoryBytes);
        if (File.Exists(Path.Combine(_memory, "memory.memsw.limit_in_bytes")))
        {
            CgroupFile.Write(_memory, "memory.memsw.limit_in_bytes", limits.MemoryBytes);
        }
        if (_pids is not null)
        {
            CgroupFile.Write(_pids, "pids.max", limits.Processes + SandboxLauncher.OwnProcesses);
        }
    }
}
