namespace Integr8sCode.Sandboxing.Cgroups;

/// <summary>Version 1: one hierarchy for each controller. Memory is needed; pids, cpuacct and cpu are used where they are mounted.</summary>
internal sealed class CgroupV1Tree : CgroupTree
{
    private static readonly string[] _wanted = ["memory", "pids", "cpuacct", "cpu"];

    // What one process outside of any group has: each slot gets as much, whatever it starts.
    private const int ProcessShares = 1024;

    private readonly IReadOnlyDictionary<string, string> _parentOf;

    private CgroupV1Tree(IReadOnlyDictionary<string, string> parentOf)
        : base([.. parentOf.Values.Distinct()]) => _parentOf = parentOf;

    public override string Description => $"cgroup v1 with {string.Join(", ", _parentOf.Keys)}";

    public override bool BoundsMemory => true;

    public static CgroupV1Tree? TryCreate(CgroupMounts mounts, string name, int slots)
    {
        var parentOf = new Dictionary<string, string>();
        foreach (var controller in _wanted.Where(mounts.Controllers.ContainsKey))
        {
            if (TryMake(mounts.Controllers[controller], mounts.ControllerMounts[controller], name) is { } parent)
            {
                parentOf[controller] = parent;
            }
        }
        if (parentOf.ContainsKey("memory"))
        {
            if (parentOf.TryGetValue("cpu", out var cpu))
            {
                CgroupFile.Write(cpu, "cpu.shares", slots * ProcessShares);
            }
            return new CgroupV1Tree(parentOf);
        }
        foreach (var parent in parentOf.Values)
        {
            Directory.Delete(parent);
        }
        return null;
    }

    public override Cgroup Create(string name) =>
        new CgroupV1(_parentOf.ToDictionary(pair => pair.Key, pair => Path.Combine(pair.Value, name)));

    private static string? TryMake(string directory, string mount, string name)
    {
        try
        {
            RemoveStale(mount);
            return Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
