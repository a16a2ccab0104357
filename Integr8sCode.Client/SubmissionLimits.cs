namespace Integr8sCode.Client;

/// <summary>What one run may use; durations in seconds, sizes in bytes. What is absent is the language's default.</summary>
public sealed record SubmissionLimits
{
    /// <summary>Wall-clock time; the same as <see cref="Submission.TimeoutSeconds"/>, of which only one may be given.</summary>
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
}
