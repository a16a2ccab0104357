using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

/// <summary>The limits of one run: what the request asks for, else what the language has. The sandbox moves them into its bounds.</summary>
internal static class RunLimits
{
    public static SandboxLimits Of(ExecutionRequest request, SandboxLimits language)
    {
        var asked = request.Limits ?? new();
        var wall = asked.TimeoutSeconds ?? request.TimeoutSeconds;

        return new()
        {
            Wall = Seconds(wall) ?? language.Wall,
            // Who asks for more time means time to compute as well.
            Cpu = Seconds(asked.CpuSeconds ?? wall) ?? language.Cpu,
            MemoryBytes = asked.MemoryBytes ?? language.MemoryBytes,
            Processes = asked.Processes ?? language.Processes,
            OutputBytes = asked.OutputBytes ?? language.OutputBytes,
            TemporaryDiskBytes = asked.TemporaryDiskBytes ?? language.TemporaryDiskBytes,
            OpenFiles = asked.OpenFiles ?? language.OpenFiles,
            FileSizeBytes = asked.FileSizeBytes ?? language.FileSizeBytes,
        };
    }

    public static ExecutionLimits Describe(SandboxLimits limits) => new()
    {
        TimeoutSeconds = limits.Wall.TotalSeconds,
        CpuSeconds = limits.Cpu.TotalSeconds,
        MemoryBytes = limits.MemoryBytes,
        Processes = limits.Processes,
        OutputBytes = limits.OutputBytes,
        TemporaryDiskBytes = limits.TemporaryDiskBytes,
        OpenFiles = limits.OpenFiles,
        FileSizeBytes = limits.FileSizeBytes,
    };

    // An outside producer's event may hold any number; a TimeSpan cannot.
    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(Math.Clamp(given, 0, 86_400)) : null;
}
