namespace Integr8sCode.Executions;

/// <summary>What a run came to; the data of every terminal event. The output itself stays in the store (<see cref="ExecutionOutput"/>).</summary>
public sealed record ExecutionResult
{
    public required RunOutcome Outcome { get; init; }

    /// <summary>Exit code of the script; absent where it did not exit.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Signal that ended the script, as far as the exit code tells (128 + signal).</summary>
    public int? Signal { get; init; }

    /// <summary>One sentence for a person; absent where the outcome says it all.</summary>
    public string? Message { get; init; }

    /// <summary>Bytes kept; where the output was cut, this is where.</summary>
    public long StdoutBytes { get; init; }

    public long StderrBytes { get; init; }

    /// <summary>True where the output was cut at the limit.</summary>
    public bool StdoutTruncated { get; init; }

    public bool StderrTruncated { get; init; }

    /// <summary>CPU time of the process tree, in seconds.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Peak memory, in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>What the two numbers above are; absent where nothing was measured.</summary>
    public UsageSource? UsageSource { get; init; }

    /// <summary>The compiler's part; absent where the language has none.</summary>
    public CompileResult? Compile { get; init; }

    /// <summary>From the claimed slot to the script's first instruction, in seconds.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>Wall-clock time of the script, in seconds.</summary>
    public double? RunSeconds { get; init; }

    public ExecutionStatus Status => Outcome switch
    {
        RunOutcome.Exited or RunOutcome.Signaled or RunOutcome.CompileError => ExecutionStatus.Completed,
        RunOutcome.Timeout => ExecutionStatus.Timeout,
        RunOutcome.Cancelled => ExecutionStatus.Cancelled,
        _ => ExecutionStatus.Failed,
    };

    public ErrorType? ErrorType => Outcome switch
    {
        RunOutcome.CpuLimit or RunOutcome.OutputLimit or RunOutcome.MemoryLimit => Executions.ErrorType.ResourceLimit,
        RunOutcome.WorkerLost => Executions.ErrorType.WorkerLost,
        RunOutcome.SandboxError => Executions.ErrorType.SystemError,
        RunOutcome.Rejected => Executions.ErrorType.InvalidRequest,
        _ => null,
    };
}
