using Integr8sCode.Executions;

namespace Integr8sCode.Settings;

/// <summary>What admins change while the platform runs. What is absent is as the processes were configured.</summary>
public sealed record PlatformSettings
{
    /// <summary>Nothing was changed.</summary>
    public static PlatformSettings Default { get; } = new();

    /// <summary>Goes up by one with each change; 0 is what nobody has changed.</summary>
    public long Version { get; init; }

    /// <summary>Id of the admin who made this version.</summary>
    public string? ChangedBy { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The most that an execution may use; a worker's own maximum holds as well.</summary>
    public ExecutionLimits? MaximumLimits { get; init; }

    /// <summary>What an execution gets that does not ask, in place of its language's defaults.</summary>
    public ExecutionLimits? DefaultLimits { get; init; }

    /// <summary>Executions of one user that may run at the same time.</summary>
    public int? RunningCap { get; init; }

    /// <summary>The share of traces to keep, 0 to 1, in place of the ratio or the target that a process was configured with.</summary>
    public double? SamplingRatio { get; init; }

    /// <returns>The limits of an execution: what it asks for, else the default, else the language's; none above the maximum.</returns>
    public ExecutionLimits Apply(ExecutionLimits asked, ExecutionLimits language) => asked.WithTimeToCompute()
        .Or(DefaultLimits?.WithTimeToCompute())
        .Or(language)
        .AtMost(MaximumLimits);
}
