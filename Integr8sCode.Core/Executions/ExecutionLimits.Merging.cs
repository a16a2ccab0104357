namespace Integr8sCode.Executions;

/// <content>How limits from several places become those of one run.</content>
public sealed partial record ExecutionLimits
{
    /// <summary>Who asks for more time means time to compute as well.</summary>
    public ExecutionLimits WithTimeToCompute() => this with { CpuSeconds = CpuSeconds ?? TimeoutSeconds };

    /// <returns>These limits, and <paramref name="others"/> where one is absent.</returns>
    public ExecutionLimits Or(ExecutionLimits? others) => others is null ? this : new()
    {
        TimeoutSeconds = TimeoutSeconds ?? others.TimeoutSeconds,
        CpuSeconds = CpuSeconds ?? others.CpuSeconds,
        MemoryBytes = MemoryBytes ?? others.MemoryBytes,
        Processes = Processes ?? others.Processes,
        OutputBytes = OutputBytes ?? others.OutputBytes,
        TemporaryDiskBytes = TemporaryDiskBytes ?? others.TemporaryDiskBytes,
        OpenFiles = OpenFiles ?? others.OpenFiles,
        FileSizeBytes = FileSizeBytes ?? others.FileSizeBytes,
    };

    /// <returns>These limits, none above that of <paramref name="maximum"/>.</returns>
    public ExecutionLimits AtMost(ExecutionLimits? maximum) => maximum is null ? this : new()
    {
        TimeoutSeconds = Least(TimeoutSeconds, maximum.TimeoutSeconds),
        CpuSeconds = Least(CpuSeconds, maximum.CpuSeconds),
        MemoryBytes = Least(MemoryBytes, maximum.MemoryBytes),
        Processes = Least(Processes, maximum.Processes),
        OutputBytes = Least(OutputBytes, maximum.OutputBytes),
        TemporaryDiskBytes = Least(TemporaryDiskBytes, maximum.TemporaryDiskBytes),
        OpenFiles = Least(OpenFiles, maximum.OpenFiles),
        FileSizeBytes = Least(FileSizeBytes, maximum.FileSizeBytes),
    };

    private static T? Least<T>(T? limit, T? maximum) where T : struct, IComparable<T> =>
        limit is { } value && maximum is { } most && most.CompareTo(value) < 0 ? most : limit;
}
