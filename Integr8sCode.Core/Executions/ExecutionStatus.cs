using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>
/// <c>queued -> scheduled -> running -> completed | failed | timeout | cancelled</c>. A script that ends by itself is completed, whatever
/// its exit code.
/// </summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ExecutionStatus>))]
public enum ExecutionStatus
{
    /// <summary>Accepted and durable; the saga has not looked at it yet, or its user has as many scheduled and running as allowed.</summary>
    Queued,

    /// <summary>Waits in the store for a free sandbox slot.</summary>
    Scheduled,

    /// <summary>A worker holds its lease.</summary>
    Running,

    Completed,
    Failed,
    Timeout,
    Cancelled,
}
