using System.Text.Json.Serialization;

namespace Integr8sCode.Client;

/// <summary>Where an execution stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionStatus>))]
public enum ExecutionStatus
{
    /// <summary>Accepted and durable.</summary>
    Queued,

    /// <summary>Waits for a worker.</summary>
    Scheduled,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>The script ended by itself, whatever its exit code.</summary>
    Completed,

    /// <summary>It was ended, or never run; <see cref="Execution.ErrorType"/> says why.</summary>
    Failed,

    /// <summary>Killed at its wall-clock limit.</summary>
    Timeout,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
