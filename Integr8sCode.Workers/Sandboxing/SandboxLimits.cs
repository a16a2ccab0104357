namespace Integr8sCode.Sandboxing;

/// <summary>What one run may use. All of it counts for the whole process tree unless it says otherwise.</summary>
internal sealed record SandboxLimits
{
    /// <summary>Wall-clock time from the start of the run; default 10 s.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>CPU time of all processes together; default 10 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory, temporary files included; default 256 MiB.</summary>
    public long MemoryBytes { get; init; } = 256 << 20;

    /// <summary>Processes and threads alive at one time, the script itself included; default 64.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>Bytes kept of each of stdout and stderr; writing more ends the run; default 1 MiB.</summary>
    public int OutputBytes { get; init; } = 1 << 20;

    /// <summary>Size of /tmp, the only writable directory besides a small /dev/shm; default 64 MiB.</summary>
    public long TemporaryDiskBytes { get; init; } = 64 << 20;

    /// <summary>File descriptors open at one time, per process; default 256.</summary>
    public int OpenFiles { get; init; } = 256;

    /// <summary>Size of one file, per write; default 32 MiB.</summary>
    public long FileSizeBytes { get; init; } = 32 << 20;

    /// <summary>Whether every value is at most the same value of <paramref name="other"/>.</summary>
    public bool IsWithin(SandboxLimits other) =>
        Wall <= other.Wall && Cpu <= other.Cpu && MemoryBytes <= other.MemoryBytes && Processes <= other.Processes && OutputBytes <= other.OutputBytes
        && TemporaryDiskBytes <= other.TemporaryDiskBytes && OpenFiles <= other.OpenFiles && FileSizeBytes <= other.FileSizeBytes;

    /// <summary>These limits with every value moved into the range from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public SandboxLimits Between(SandboxLimits minimum, SandboxLimits maximum) => new()
    {
        Wall = TimeSpan.FromTicks(Math.Clamp(Wall.Ticks, minimum.Wall.Ticks, maximum.Wall.Ticks)),
        Cpu = TimeSpan.FromTicks(Math.Clamp(Cpu.Ticks, minimum.Cpu.Ticks, maximum.Cpu.Ticks)),
        MemoryBytes = Math.Clamp(MemoryBytes, minimum.MemoryBytes, maximum.MemoryBytes),
        Processes = Math.Clamp(Processes, minimum.Processes, maximum.Processes),
        OutputBytes = Math.Clamp(OutputBytes, minimum.OutputBytes, maximum.OutputBytes),
        TemporaryDiskBytes = Math.Clamp(TemporaryDiskBytes, minimum.TemporaryDiskBytes, maximum.TemporaryDiskBytes),
        OpenFiles = Math.Clamp(OpenFiles, minimum.OpenFiles, maximum.OpenFiles),
        FileSizeBytes = Math.Clamp(FileSizeBytes, minimum.FileSizeBytes, maximum.FileSizeBytes),
    };
}
