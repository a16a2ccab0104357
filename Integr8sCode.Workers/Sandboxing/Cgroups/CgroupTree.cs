namespace Integr8sCode.Sandboxing.Cgroups;

/// <summary>This worker's own part of the machine's control groups; the groups of its runs are made in it.</summary>
internal abstract class CgroupTree(IReadOnlyList<string> parents) : IDisposable
{
    private static readonly EnumerationOptions _everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>What the tree can do, for the log: its version and its controllers.</summary>
    public abstract string Description { get; }

    public abstract bool BoundsMemory { get; }

    protected IReadOnlyList<string> Parents { get; } = parents;

    /// <summary>The best tree that this process may use, or null if there is none.</summary>
    /// <param name="name">The name of this worker's group, which ends in <c>-{process id}-...</c>.</param>
    /// <param name="slots">How many runs can be in it at one time.</param>
    public static CgroupTree? Detect(string name, int slots)
    {
        var mounts = CgroupMounts.Read();
        var second = CgroupV2Tree.TryCreate(mounts, name, slots);
        if (second is { BoundsMemory: true })
        {
            return second;
        }
        if (CgroupV1Tree.TryCreate(mounts, name, slots) is { } first)
        {
            second?.Dispose();
            return first;
        }
        return second;
    }

    /// <summary>Makes a group; its name must be new.</summary>
    public abstract Cgroup Create(string name);

    /// <summary>For each hierarchy, the names of the groups that exist now.</summary>
    public IEnumerable<IReadOnlyList<string>> GroupNames() =>
        Parents.Where(Directory.Exists).Select(parent => Directory.GetDirectories(parent).Select(path => Path.GetFileName(path)).ToList());

    /// <summary>The names of the groups beside this worker's.</summary>
    public IEnumerable<string> Siblings() =>
        Parents.SelectMany(parent => Directory.GetDirectories(Path.GetDirectoryName(parent)!)).Select(path => Path.GetFileName(path));

    public void Dispose()
    {
        foreach (var parent in Parents.Where(Directory.Exists))
        {
            RemoveTree(parent);
        }
    }

    /// <summary>
    /// Removes what a worker left that ended without removing it, wherever in the hierarchy it stood. Groups with a process in them stay: a
    /// worker whose number means nothing here may live in another container.
    /// </summary>
    protected static void RemoveStale(string mount)
    {
        try
        {
            foreach (var stale in Directory.GetDirectories(mount, $"{WorkerName.Prefix}*", _everywhere)
                .Where(path => WorkerName.IsOfDeadProcess(Path.GetFileName(path)) && !HoldsProcess(path)))
            {
                RemoveTree(stale);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Others make and remove groups while this one looks. That must not cost this worker its own; the next to start looks again.
        }
    }

    private static bool HoldsProcess(string directory) =>
        Directory.GetFiles(directory, "cgroup.procs", _everywhere).Any(file => File.ReadLines(file).Any());

    private static void RemoveTree(string directory)
    {
        try
        {
            foreach (var child in Directory.GetDirectories(directory))
            {
                Directory.Delete(child);
            }
            Directory.Delete(directory);
        }
        catch (IOException)
        {
            // It holds a process, or another worker removed it first: neither is ours to settle.
        }
    }
}
