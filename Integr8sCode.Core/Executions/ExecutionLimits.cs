namespace Integr8sCode.Executions;

/// <summary>What one run may use; durations in seconds, sizes in bytes. What is absent is the language's default.</summary>
public sealed partial record ExecutionLimits
{
    /// <summary>Wall-clock time; the same as the request's <c>timeout_seconds</c>.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>CPU time of all processes together.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Memory of all processes together, temporary files included.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes and threads alive at one time.</summary>
    public int? Processes { get; init; }

    /// <summary>Bytes kept of each of stdout and stderr; writing more ends the run.</summary>
    public int? OutputBytes { get; init; }

    /// <summary>Size of /tmp.</summary>
    public long? TemporaryDiskBytes { get; init; }

    /// <summary>Descriptors open at one time, for each process.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Size of one file.</summary>
    public long? FileSizeBytes { get; init; }

    /// <returns>The names of the values that lie outside of the bounds, with what is allowed.</returns>
    public IEnumerable<(string Field, string Message)> FindOutside(ExecutionLimits minimum, ExecutionLimits maximum) =>
        Values.Zip(minimum.Values, maximum.Values)
            .Where(value => value.First.Value < value.Second.Value || value.First.Value > value.Third.Value)
            .Select(value => (value.First.Field, FormattableString.Invariant($"From {value.Second.Value} to {value.Third.Value}.")));

    private (string Field, double? Value)[] Values =>
    [
        ("timeout_seconds", TimeoutSeconds), ("cpu_seconds", CpuSeconds), ("memory_bytes", MemoryBytes), ("processes", Processes),
        ("output_bytes", OutputBytes), ("temporary_disk_bytes", TemporaryDiskBytes), ("open_files", OpenFiles), ("file_size_bytes", FileSizeBytes),
    ];
}
