using System.Diagnostics;
using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>A run of the sandbox as the result of an execution.</summary>
internal static class SandboxReport
{
    public static ExecutionResult Of(SandboxResult result) => new()
    {
        Outcome = OutcomeOf(result.Outcome),
        ExitCode = result.ExitCode,
        Signal = result.Signal,
        Message = MessageOf(result),
        StdoutBytes = result.Stdout.Bytes.Length,
        StderrBytes = result.Stderr.Bytes.Length,
        StdoutTruncated = result.Stdout.Truncated,
        StderrTruncated = result.Stderr.Truncated,
        CpuSeconds = result.CpuTime?.TotalSeconds,
        PeakMemoryBytes = result.PeakMemoryBytes,
        StartSeconds = result.StartDelay.TotalSeconds,
        RunSeconds = result.RunTime.TotalSeconds,
    };

    /// <summary>As spans and metrics spell it.</summary>
    public static string NameOf(SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Exited => "exited",
        SandboxOutcome.Signaled => "signaled",
        SandboxOutcome.Timeout => "timeout",
        SandboxOutcome.CpuLimit => "cpu_limit",
        SandboxOutcome.OutputLimit => "output_limit",
        SandboxOutcome.MemoryLimit => "memory_limit",
        SandboxOutcome.Cancelled => "cancelled",
        SandboxOutcome.SandboxError => "sandbox_error",
        _ => throw new UnreachableException($"No name for {outcome}."),
    };

    private static RunOutcome OutcomeOf(SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Exited => RunOutcome.Exited,
        SandboxOutcome.Signaled => RunOutcome.Signaled,
        SandboxOutcome.Timeout => RunOutcome.Timeout,
        SandboxOutcome.CpuLimit => RunOutcome.CpuLimit,
        SandboxOutcome.OutputLimit => RunOutcome.OutputLimit,
        SandboxOutcome.MemoryLimit => RunOutcome.MemoryLimit,
        SandboxOutcome.Cancelled => RunOutcome.Cancelled,
        SandboxOutcome.SandboxError => RunOutcome.SandboxError,
        _ => throw new UnreachableException($"No outcome for {outcome}."),
    };

    private static string? MessageOf(SandboxResult result) => result.Outcome switch
    {
        SandboxOutcome.Timeout => "Killed at its wall-clock limit.",
        SandboxOutcome.CpuLimit => "Killed at its CPU limit.",
        SandboxOutcome.OutputLimit => "Killed because it wrote more than its output limit.",
        SandboxOutcome.MemoryLimit => "Killed at its memory limit.",
        SandboxOutcome.Cancelled => "Cancelled while it ran.",
        SandboxOutcome.SandboxError => "The sandbox failed; this was not the script's doing.",
        _ => null,
    };
}
