using System.Text.Json.Serialization;
using Integr8sCode.Executions;

namespace Integr8sCode.Notifications;

/// <summary>How much a notification matters to its user.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<NotificationSeverity>))]
public enum NotificationSeverity
{
    /// <summary>All went as asked: a script that exited with 0, or a cancellation.</summary>
    Low,

    /// <summary>The script ended by itself, but not well.</summary>
    Medium,

    /// <summary>A limit or the clock ended the script.</summary>
    High,

    /// <summary>The platform failed the script. Passes quiet hours and throttles.</summary>
    Urgent,
}

public static class NotificationSeverities
{
    /// <summary>How much it matters that an execution ended like this.</summary>
    public static NotificationSeverity Of(ExecutionResult result) => result switch
    {
        { Outcome: RunOutcome.WorkerLost or RunOutcome.SandboxError } => NotificationSeverity.Urgent,
        { Status: ExecutionStatus.Failed or ExecutionStatus.Timeout } => NotificationSeverity.High,
        { Status: ExecutionStatus.Cancelled } or { Outcome: RunOutcome.Exited, ExitCode: 0 } => NotificationSeverity.Low,
        _ => NotificationSeverity.Medium,
    };
}
