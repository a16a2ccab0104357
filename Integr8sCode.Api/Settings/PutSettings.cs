using Integr8sCode.Executions;

namespace Integr8sCode.Settings;

/// <summary>Settings to replace the present ones. What is absent is as the processes were configured.</summary>
public sealed record PutSettings
{
    private const int MaxRunningCap = 10_000;

    private static readonly ExecutionLimits Least = new()
    {
        TimeoutSeconds = 1,
        CpuSeconds = 1,
        MemoryBytes = 16 << 20,
        Processes = 1,
        OutputBytes = 1 << 10,
        TemporaryDiskBytes = 1 << 20,
        OpenFiles = 16,
        FileSizeBytes = 1 << 10,
    };

    private static readonly ExecutionLimits Most = new()
    {
        TimeoutSeconds = ExecutionRequest.MaxTimeoutSeconds,
        CpuSeconds = 3600,
        MemoryBytes = 1L << 40,
        Processes = 100_000,
        OutputBytes = 64 << 20,
        TemporaryDiskBytes = 1L << 40,
        OpenFiles = 1_000_000,
        FileSizeBytes = 1L << 40,
    };

    /// <summary>The version that was read.</summary>
    public long? Version { get; init; }

    /// <summary>The most that an execution may use. A worker's own maximum, which GET /api/v1/languages tells, holds as well.</summary>
    public ExecutionLimits? MaximumLimits { get; init; }

    /// <summary>What an execution gets that does not ask, in place of its language's defaults.</summary>
    public ExecutionLimits? DefaultLimits { get; init; }

    /// <summary>Executions of one user that may run at the same time, 1 to 10000; 0 for no limit.</summary>
    public int? RunningCap { get; init; }

    /// <summary>The share of traces to keep, 0 to 1.</summary>
    public double? SamplingRatio { get; init; }

    internal PlatformSettings ToSettings(string admin, DateTimeOffset now) => new()
    {
        Version = Version!.Value + 1,
        ChangedBy = admin,
        ChangedAt = now,
        MaximumLimits = MaximumLimits,
        DefaultLimits = DefaultLimits,
        RunningCap = RunningCap,
        SamplingRatio = SamplingRatio,
    };

    /// <returns>What is wrong, by field.</returns>
    internal Dictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("version", Version is >= 0 and < long.MaxValue, "The version that GET tells.");
        Check("running_cap", RunningCap is null or (>= 0 and <= MaxRunningCap), $"From 1 to {MaxRunningCap}; 0 for no limit.");
        Check("sampling_ratio", SamplingRatio is null or (>= 0 and <= 1), "From 0 to 1.");
        CheckLimits("maximum_limits", MaximumLimits, Most);
        CheckLimits("default_limits", DefaultLimits, Most.AtMost(MaximumLimits));

        return errors;

        void Check(string field, bool holds, string message)
        {
            if (!holds)
            {
                errors[field] = [message];
            }
        }

        void CheckLimits(string field, ExecutionLimits? limits, ExecutionLimits most)
        {
            foreach (var (name, message) in limits?.FindOutside(Least, most) ?? [])
            {
                errors[$"{field}.{name}"] = [message];
            }
        }
    }
}
