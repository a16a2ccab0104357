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

    /// <summary>Where events travel, and so what is retried and replayed.</summary>
    public static readonly IReadOnlyList<string> OfEvents = [ExecutionEvents, ExecutionTasks, NotificationEvents];

    public static readonly IReadOnlyList<string> All = [.. OfEvents, DeadLetterQueue, TraceKeep];

    /// <summary>
    /// The topics of tasks and notifications ring a bell: something waits in the store. Everything else is news of an execution.
    /// </summary>
    public static string Of(string eventType) => eventType switch
    {
        EventTypes.NotificationCreated => NotificationEvents,
        EventTypes.ExecutionScheduled or EventTypes.ExecutionRequeued => ExecutionTasks,
        _ => ExecutionEvents,
    };

    /// <summary>What keeps messages in order: those of an execution, and the notifications of a user.</summary>
    public static string KeyOf(Event message) =>
        Of(message.Type) == NotificationEvents ? message.UserId : message.ExecutionId.ToString();
}
