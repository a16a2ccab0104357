using System.Diagnostics;
using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>What <c>sandbox.run</c> says of a run. A script that fails is a result, not an error of the span; a limit or a broken sandbox is one.</summary>
internal static class SandboxSpan
{
    public static KeyValuePair<string, object?>[] TagsOf(ExecutionClaim claim)
    {
        var state = claim.Execution.State;
        return
        [
            new(SpanAttributes.ExecutionId, claim.Id.ToString()),
            new(SpanAttributes.ExecutionLanguage, claim.Execution.Request.Language),
            new(SpanAttributes.ExecutionAttempt, claim.Attempt),
            new(SpanAttributes.SandboxQueueSeconds, (state.StartedAt - state.ScheduledAt)?.TotalSeconds),
        ];
    }

    public static void Describe(Activity span, SandboxLimits limits) => span
        .SetTag(SpanAttributes.SandboxWallLimit, limits.Wall.TotalSeconds)
        .SetTag(SpanAttributes.SandboxCpuLimit, limits.Cpu.TotalSeconds)
        .SetTag(SpanAttributes.SandboxMemoryLimit, limits.MemoryBytes)
        .SetTag(SpanAttributes.SandboxProcessLimit, limits.Processes)
        .SetTag(SpanAttributes.SandboxOutputLimit, limits.OutputBytes)
        .SetTag(SpanAttributes.SandboxTemporaryDiskLimit, limits.TemporaryDiskBytes)
        .SetTag(SpanAttributes.SandboxOpenFilesLimit, limits.OpenFiles)
        .SetTag(SpanAttributes.SandboxFileSizeLimit, limits.FileSizeBytes);

    public static void Describe(Activity span, SandboxResult result)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        var outcome = SnakeCase.NameOf(result.Outcome);
        span.SetTag(SpanAttributes.SandboxOutcome, outcome)
            .SetTag(SpanAttributes.SandboxExitCode, result.ExitCode)
            .SetTag(SpanAttributes.SandboxSignal, result.Signal)
            .SetTag(SpanAttributes.SandboxCompileSeconds, result.Compile?.RunTime.TotalSeconds)
            .SetTag(SpanAttributes.SandboxStartSeconds, result.StartDelay.TotalSeconds)
            .SetTag(SpanAttributes.SandboxRunSeconds, result.RunTime.TotalSeconds)
            .SetTag(SpanAttributes.SandboxUsageSource, result.UsageSource?.ToString().ToLowerInvariant())
            .SetTag(SpanAttributes.SandboxCpuSeconds, result.CpuTime?.TotalSeconds)
            .SetTag(SpanAttributes.SandboxPeakMemory, result.PeakMemoryBytes)
            .SetTag(SpanAttributes.SandboxStdoutBytes, result.Stdout.Bytes.Length)
            .SetTag(SpanAttributes.SandboxStderrBytes, result.Stderr.Bytes.Length);

        if (result.Outcome is not (RunOutcome.Exited or RunOutcome.Signaled or RunOutcome.CompileError or RunOutcome.Cancelled))
        {
            span.SetTag(SpanAttributes.ErrorType, outcome).SetStatus(ActivityStatusCode.Error, result.Error);
        }
    }
}
