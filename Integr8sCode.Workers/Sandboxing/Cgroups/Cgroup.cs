namespace Integr8sCode.Sandboxing.Cgroups;

/// <summary>
/// The control group of one run: one directory for each hierarchy. It is made for the run and removed after it, so every counter starts at zero.
/// </summary>
internal abstract class Cgroup
{
    private const string Processes = "cgroup.procs";

    private readonly IReadOnlyList<string> _directories;

    protected Cgroup(IReadOnlyList<string> directories)
    {
        _directories = directories;
        foreach (var directory in directories)
        {
            Directory.CreateDirectory(directory);
        }
    }

    /// <summary>CPU time of all processes that were ever in the group.</summary>
    public abstract TimeSpan CpuTime { get; }

    /// <summary>The most memory charged at one time, or null where the machine does not count it.</summary>
    public abstract long? PeakMemoryBytes { get; }

    /// <summary>Whether the kernel killed a process of the group for its memory.</summary>
    public abstract bool RanOutOfMemory { get; }

    public bool IsEmpty => ProcessIds().Count == 0;

    /// <summary>Moves a process here; what it starts from then on is here too.</summary>
    /// <exception cref="IOException">The process has ended.</exception>
    public void Add(int processId)
    {
        foreach (var directory in _directories)
        {
            CgroupFile.Write(directory, Processes, processId);
        }
    }

    public abstract void Apply(SandboxLimits limits);

    /// <summary>Kills every process that is in the group now; a fork in the same moment may survive, so call it until the group is empty.</summary>
    public virtual void Kill()
    {
        foreach (var processId in ProcessIds())
        {
            Libc.Kill(processId);
        }
    }

    /// <summary>Removes the group; false while it still holds a process.</summary>
    public bool TryRemove()
    {
        try
        {
            foreach (var directory in _directories.Where(Directory.Exists))
            {
                Directory.Delete(directory);
            }
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // One hierarchy speaks for all: a process joins every one of them before it becomes the sandbox.
    private List<int> ProcessIds() => [.. File.ReadLines(Path.Combine(_directories[0], Processes)).Select(int.Parse)];
}
