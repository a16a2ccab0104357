namespace Integr8sCode.Sandboxing.Cgroups;

/// <summary>Version 2: one hierarchy for all controllers, of which each group hands some down to its children.</summary>
internal sealed class CgroupV2Tree : CgroupTree
{
    private static readonly string[] _wanted = ["memory", "pids", "cpu"];

    // What one process outside of any group has: each slot gets as much, whatever it starts.
    private const int ProcessWeight = 100;
    private const int MaximumWeight = 10_000;

    private const int EmptyAttempts = 50;
    private static readonly TimeSpan _emptyPause = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<string> _controllers;

    private CgroupV2Tree(string parent, IReadOnlyList<string> controllers)
        : base([parent]) => _controllers = controllers;

    public override string Description => $"cgroup v2 with {(_controllers.Count > 0 ? string.Join(", ", _controllers) : "no controller")}";

    public override bool BoundsMemory => _controllers.Contains("memory");

    /// <summary>
    /// Makes this worker's group in the nearest group, going up from the worker's own, that can hand memory control down. A group with processes
    /// in it cannot, so where no group can, the processes of the worker's own are moved into a child first (a container with a private hierarchy).
    /// </summary>
    public static CgroupV2Tree? TryCreate(CgroupMounts mounts, string name, int slots)
    {
        if (mounts is not { Unified: { } own, UnifiedMount: { } top })
        {
            return null;
        }
        RemoveStale(top);
        var tree = Find(own, [.. Upwards(own, top)], name);
        if (tree?._controllers.Contains("cpu") == true)
        {
            CgroupFile.Write(tree.Parents[0], "cpu.weight", Math.Min(slots * ProcessWeight, MaximumWeight));
        }
        return tree;
    }

    public override Cgroup Create(string name) => new CgroupV2(Path.Combine(Parents[0], name), _controllers);

    private static CgroupV2Tree? Find(string own, List<string> candidates, string name)
    {
        if (candidates.FirstOrDefault(directory => HandsDown(directory).Contains("memory")) is { } able && TryMake(able, name) is { } best)
        {
            return best;
        }
        return HasMemory(own) && TryEmpty(own)
            ? TryMake(own, name)
            : candidates.Select(directory => TryMake(directory, name)).FirstOrDefault(tree => tree is not null);
    }

    private static IEnumerable<string> Upwards(string own, string top)
    {
        for (var directory = own; directory.Length >= top.Length; directory = Path.GetDirectoryName(directory)!)
        {
            yield return directory;
        }
    }

    private static CgroupV2Tree? TryMake(string directory, string name)
    {
        try
        {
            var parent = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            return new CgroupV2Tree(parent, [.. HandsDown(parent)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasMemory(string directory) => Words(Path.Combine(directory, "cgroup.controllers")).Contains("memory");

    /// <summary>
    /// Asks the group to hand down what we want and returns what it hands down then. One with processes in it is not asked: it would refuse memory
    /// but take pids and cpu, which makes it threaded, and then no process can be moved into a child of it. The top of the machine, which has no
    /// type, may have both.
    /// </summary>
    private static string[] HandsDown(string directory)
    {
        var file = Path.Combine(directory, "cgroup.subtree_control");
        var isFree = !File.Exists(Path.Combine(directory, "cgroup.type")) || Words(Path.Combine(directory, "cgroup.procs")) is [];
        foreach (var controller in isFree ? _wanted.Intersect(Words(Path.Combine(directory, "cgroup.controllers"))) : [])
        {
            TryWrite(file, $"+{controller}");
        }
        return [.. _wanted.Intersect(Words(file))];
    }

    /// <summary>Moves the processes of the group into a child until it can hand memory control down. A thread that is just ending cannot be moved, and is soon gone.</summary>
    private static bool TryEmpty(string directory)
    {
        var child = Path.Combine(directory, $"{WorkerName.Prefix}host");
        try
        {
            Directory.CreateDirectory(child);
            for (var attempt = 0; attempt < EmptyAttempts; attempt++)
            {
                foreach (var id in File.ReadAllLines(Path.Combine(directory, "cgroup.procs")))
                {
                    TryWrite(Path.Combine(child, "cgroup.procs"), id);
                }
                if (HandsDown(directory).Contains("memory"))
                {
                    return true;
                }
                Thread.Sleep(_emptyPause);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not ours to change.
        }
        return false;
    }

    private static bool TryWrite(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Words(string file) => File.Exists(file) ? File.ReadAllText(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];
}
