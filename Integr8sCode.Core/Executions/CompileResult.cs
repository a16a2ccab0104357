namespace Integr8sCode.Executions;

/// <summary>What the compiler did, where the language has one.</summary>
public sealed record CompileResult
{
    /// <summary>As of a run: <c>exited</c> with an exit code, or the limit at which the compiler was killed.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Exit code of the compiler; 0 where the program was built.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the compiler said, cut after <see cref="OutputBytes"/> bytes where <see cref="OutputTruncated"/>.</summary>
    public required string Output { get; init; }

    public int OutputBytes { get; init; }
    public bool OutputTruncated { get; init; }

    /// <summary>CPU time of the compiler and all it started, in seconds.</summary>
    public double? CpuSeconds { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>Wall-clock time of the compiler, in seconds.</summary>
    public double RunSeconds { get; init; }
}
