using System.Text;
using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>A run of the sandbox as the result of an execution.</summary>
internal static class SandboxReport
{
    private const int MaxCompilerOutput = 16 << 10;

    public static ExecutionResult Of(SandboxResult result) => new()
    {
        Outcome = result.Outcome,
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
            Outcome = compile.Outcome,
            ExitCode = compile.ExitCode,
            Output = Encoding.UTF8.GetString(said.Span),
            OutputBytes = said.Length,
            OutputTruncated = compile.Stderr.Truncated || said.Length < compile.Stderr.Bytes.Length,
            CpuSeconds = compile.CpuTime?.TotalSeconds,
            PeakMemoryBytes = compile.PeakMemoryBytes,
            RunSeconds = compile.RunTime.TotalSeconds,
        };
    }

    /// <summary>As spans, metrics and JSON spell it.</summary>
    private static string? MessageOf(SandboxResult result) => result.Outcome switch
    {
        RunOutcome.CompileError => "The script does not compile.",
        RunOutcome.Timeout when result.WasCompiling => "The compiler was killed at its wall-clock limit.",
        RunOutcome.CpuLimit when result.WasCompiling => "The compiler was killed at its CPU limit.",
        RunOutcome.OutputLimit when result.WasCompiling => "The compiler was killed because it wrote more than its output limit.",
        RunOutcome.MemoryLimit when result.WasCompiling => "The compiler was killed at its memory limit.",
        RunOutcome.Timeout => "Killed at its wall-clock limit.",
        RunOutcome.CpuLimit => "Killed at its CPU limit.",
        RunOutcome.OutputLimit => "Killed because it wrote more than its output limit.",
        RunOutcome.MemoryLimit => "Killed at its memory limit.",
        RunOutcome.Cancelled => "Cancelled while it ran.",
        RunOutcome.Rejected => result.Error,
        RunOutcome.SandboxError => "The sandbox failed; this was not the script's doing.",
        _ => null,
    };
}
