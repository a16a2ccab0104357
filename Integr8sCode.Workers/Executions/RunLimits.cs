using Integr8sCode.Sandboxing;
using Integr8sCode.Settings;

namespace Integr8sCode.Executions;

/// <summary>The limits of one run: what the request asks for, else what admins set or the language has. The sandbox moves them into its bounds.</summary>
internal static class RunLimits
{
    public static SandboxLimits Of(ExecutionRequest request, SandboxLimits language, PlatformSettings settings)
    {
        var asked = request.Limits ?? new();
        var limits = settings.Apply(asked with { TimeoutSeconds = asked.TimeoutSeconds ?? request.TimeoutSeconds }, Describe(language));

        return new()
        {
            Wall = Seconds(limits.TimeoutSeconds) ?? language.Wall,
            Cpu = Seconds(limits.CpuSeconds) ?? language.Cpu,
            MemoryBytes = limits.MemoryBytes ?? language.MemoryBytes,
            Processes = limits.Processes ?? language.Processes,
            OutputBytes = limits.OutputBytes ?? language.OutputBytes,
            TemporaryDiskBytes = limits.TemporaryDiskBytes ?? language.TemporaryDiskBytes,
            OpenFiles = limits.OpenFiles ?? language.OpenFiles,
            FileSizeBytes = limits.FileSizeBytes ?? language.FileSizeBytes,
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
