using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>Builds the program of a language that needs it, in a sandbox of its own and under limits of its own.</summary>
internal static class SandboxCompilation
{
    private const string ProgramName = "program";

    /// <returns>What the compiler did, and the run that is left to do; null where there is none.</returns>
    public static async Task<(SandboxResult Compile, SandboxRun? Run)> CompileAsync(
        this ParkedSandbox sandbox, SandboxRun run, CompileStep step, TimeProvider time, CancellationToken cancelled)
    {
        var execution = new SandboxExecution(sandbox, step.Limits, time) { StdoutBytes = CompileStep.MaxProgramBytes };
        var startLine = InitScript.StartLine(step.CommandFor(run.Files), step.Environment, step.Limits);
        var result = await execution.RunAsync(sandbox.ForShell(startLine), ReadOnlyMemory<byte>.Empty, cancelled);
        var compile = result with { Stdout = CapturedOutput.Empty };

        return result is { Outcome: RunOutcome.Exited, ExitCode: 0 } ? (compile, Built(run, result.Stdout.Bytes)) : (compile, null);
    }

    /// <summary>The result of a run that ended with its compiler.</summary>
    public static SandboxResult AsResult(SandboxResult compile) =>
        new(compile.Outcome is RunOutcome.Exited or RunOutcome.Signaled ? RunOutcome.CompileError : compile.Outcome)
        {
            Compile = compile,
            Error = compile.Error,
            StartDelay = compile.StartDelay,
        };

    private static SandboxRun Built(SandboxRun run, ReadOnlyMemory<byte> program)
    {
        var name = ProgramName;
        while (run.Files.Any(file => file.Path.Split('/')[0] == name))
        {
            name += "_";
        }
        return run with { Files = [new SandboxFile(name, program) { IsProgram = true }, .. run.Files] };
    }
}
