using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing;

/// <summary>What a run did. Output up to the end of the run is there for every outcome.</summary>
internal sealed record SandboxResult(RunOutcome Outcome)
{
    /// <summary>Set when the script ended by itself, and for <see cref="RunOutcome.MemoryLimit"/> (a child may have been the victim).</summary>
    public int? ExitCode { get; init; }

    /// <summary>Set for <see cref="RunOutcome.Signaled"/>: the signal's number.</summary>
    public int? Signal { get; init; }

    public CapturedOutput Stdout { get; init; } = CapturedOutput.Empty;

    public CapturedOutput Stderr { get; init; } = CapturedOutput.Empty;

    /// <summary>From the release of the prepared sandbox to the start of the script.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>From the start of the script to its end.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>CPU time of the whole process tree; null where <see cref="UsageSource"/> is.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>
    /// Peak memory charged to the whole process tree, temporary files included; null where <see cref="UsageSource"/> is.
    /// It is not the resident set: file pages that another process loaded first are charged there.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Null where nothing was measured.</summary>
    public UsageSource? UsageSource { get; init; }

    /// <summary>What the compiler did, without its program; null where the language has no compiler.</summary>
    public SandboxResult? Compile { get; init; }

    /// <summary>Whether it was the compiler that met the end told here.</summary>
    public bool WasCompiling => Compile is { Outcome: not RunOutcome.Exited } or { ExitCode: not 0 };

    /// <summary>Set for <see cref="RunOutcome.SandboxError"/>: what the sandbox said. Never output of the script.</summary>
    public string? Error { get; init; }
}
