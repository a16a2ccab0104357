namespace Integr8sCode;

/// <summary>
/// The parts of the system by the names they have everywhere: Aspire resource, local process, consumer group and OTEL_SERVICE_NAME.
/// Both ways to run it, AppHost.cs and Local/, start what stands here.
/// </summary>
internal static class Services
{
    public const string Backend = "integr8scode-backend";
    public const string Broker = "kafka";
    public const string Database = "integr8scode";
    public const string TraceStore = "trace-store";

    /// <summary>Partitions of every topic: the most processes of one role that share its work.</summary>
    public const int Partitions = 8;

    /// <summary>What Integr8sCode.Workers runs as, one role a process.</summary>
    public static IReadOnlyList<string> Roles { get; } =
        ["saga-orchestrator", "execution-worker", "result-processor", "dlq-processor", "notification-service", "event-replay"];

    public static IReadOnlyList<string> Topics { get; } =
        ["execution_events", "execution_tasks", "notification_events", "dead_letter_queue", "trace_keep"];
}
