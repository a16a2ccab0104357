using System.Diagnostics;
using System.Text;
using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>A run of the sandbox as the result of an execution.</summary>
internal static class SandboxReport
{
    private const int MaxCompilerOutput = 16 << 10;

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
        UsageSource = result.UsageSource,
        Compile = result.Compile is { } compile ? CompileOf(compile) : null,
        CpuSeconds = result.CpuTime?.TotalSeconds,
        PeakMemoryBytes = result.PeakMemoryBytes,
        StartSeconds = result.StartDelay.TotalSeconds,
        RunSeconds = result.RunTime.TotalSeconds,
    };

    // The result travels as an event, so what the compiler said is bounded here and not only by its output limit.
    private static CompileResult CompileOf(SandboxResult compile)
    {
        var said = compile.Stderr.Bytes[..Math.Min(compile.Stderr.Bytes.Length, MaxCompilerOutput)];
        return new()
        {
            Outcome = OutcomeOf(compile.Outcome),
            ExitCode = compile.ExitCode,
            Output = Encoding.UTF8.GetString(said.Span),
            OutputBytes = said.Length,
            OutputTruncated = compile.Stderr.Truncated || said.Length < compile.Stderr.Bytes.Length,
            CpuSeconds = compile.CpuTime?.TotalSeconds,
            PeakMemoryBytes = compile.PeakMemoryBytes,
            RunSeconds = compile.RunTime.TotalSeconds,
        };
    }

    /// <summary>As spans and metrics spell it.</summary>
    public static string NameOf(SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Exited => "exited",
        SandboxOutcome.Signaled => "signaled",
        SandboxOutcome.CompileError => "compile_error",
        SandboxOutcome.Timeout => "timeout",
        SandboxOutcome.CpuLimit => "cpu_limit",
        SandboxOutcome.OutputLimit => "output_limit",
        SandboxOutcome.MemoryLimit => "memory_limit",
        SandboxOutcome.Cancelled => "cancelled",
        SandboxOutcome.Refused => "rejected",
        SandboxOutcome.SandboxError => "sandbox_error",
        _ => throw new UnreachableException($"No name for {outcome}."),
    };

    private static RunOutcome OutcomeOf(SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Exited => RunOutcome.Exited,
        SandboxOutcome.Signaled => RunOutcome.Signaled,
        SandboxOutcome.CompileError => RunOutcome.CompileError,
        SandboxOutcome.Timeout => RunOutcome.Timeout,
        SandboxOutcome.CpuLimit => RunOutcome.CpuLimit,
        SandboxOutcome.OutputLimit => RunOutcome.OutputLimit,
        SandboxOutcome.MemoryLimit => RunOutcome.MemoryLimit,
        SandboxOutcome.Cancelled => RunOutcome.Cancelled,
        SandboxOutcome.Refused => RunOutcome.Rejected,
        SandboxOutcome.SandboxError => RunOutcome.SandboxError,
        _ => throw new UnreachableException($"No outcome for {outcome}."),
    };

    private static string? MessageOf(SandboxResult result) => result.Outcome switch
    {
        SandboxOutcome.CompileError => "The script does not compile.",
        SandboxOutcome.Timeout when result.WasCompiling => "The compiler was killed at its wall-clock limit.",
        SandboxOutcome.CpuLimit when result.WasCompiling => "The compiler was killed at its CPU limit.",
        SandboxOutcome.OutputLimit when result.WasCompiling => "The compiler was killed because it wrote more than its output limit.",
        SandboxOutcome.MemoryLimit when result.WasCompiling => "The compiler was killed at its memory limit.",
        SandboxOutcome.Timeout => "Killed at its wall-clock limit.",
        SandboxOutcome.CpuLimit => "Killed at its CPU limit.",
        SandboxOutcome.OutputLimit => "Killed because it wrote more than its output limit.",
        SandboxOutcome.MemoryLimit => "Killed at its memory limit.",
        SandboxOutcome.Cancelled => "Cancelled while it ran.",
        SandboxOutcome.Refused => result.Error,
        SandboxOutcome.SandboxError => "The sandbox failed; this was not the script's doing.",
        _ => null,
    };
}
