namespace Integr8sCode.Events;

/// <summary>Kafka topics, and which of them an event type travels on.</summary>
public static class Topics
{
    public const string ExecutionEvents = "execution_events";
    public const string ExecutionTasks = "execution_tasks";
    public const string NotificationEvents = "notification_events";
    public const string DeadLetterQueue = "dead_letter_queue";

    /// <summary>No events: processes tell each other here which traces to keep.</summary>
    public const string TraceKeep = "trace_keep";

    public static readonly IReadOnlyList<string> All = [ExecutionEvents, ExecutionTasks, NotificationEvents, DeadLetterQueue, TraceKeep];

    /// <summary>The tasks topic rings the workers' bell: something waits in the store. Everything else is news of an execution.</summary>
    public static string Of(string eventType) => eventType switch
    {
        EventTypes.ExecutionScheduled or EventTypes.ExecutionRequeued => ExecutionTasks,
        _ => ExecutionEvents,
    };
}
