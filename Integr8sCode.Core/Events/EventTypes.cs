namespace Integr8sCode.Events;

/// <summary>What can happen to an execution: dotted, past tense, one stream an execution.</summary>
public static class EventTypes
{
    public const string ExecutionRequested = "execution.requested";
    public const string ExecutionDeferred = "execution.deferred";
    public const string ExecutionScheduled = "execution.scheduled";
    public const string ExecutionStarted = "execution.started";
    public const string ExecutionRequeued = "execution.requeued";
    public const string ExecutionCancelRequested = "execution.cancel_requested";
    public const string ExecutionCompleted = "execution.completed";
    public const string ExecutionFailed = "execution.failed";
    public const string ExecutionTimedOut = "execution.timeout";
    public const string ExecutionCancelled = "execution.cancelled";
    public const string ResultStored = "result.stored";

    /// <summary>Rings the notification-service's bell; no part of the execution's stream.</summary>
    public const string NotificationCreated = "notification.created";

    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        ExecutionRequested, ExecutionDeferred, ExecutionScheduled, ExecutionStarted, ExecutionRequeued, ExecutionCancelRequested,
        ExecutionCompleted, ExecutionFailed, ExecutionTimedOut, ExecutionCancelled, ResultStored, NotificationCreated,
    };

    /// <summary>True for the events that end an execution; a stream has at most one.</summary>
    public static bool IsTerminal(string type) =>
        type is ExecutionCompleted or ExecutionFailed or ExecutionTimedOut or ExecutionCancelled;
}
