namespace Integr8sCode;

/// <summary>
/// Attribute keys of the platform's spans. Keys that OpenTelemetry's semantic conventions (1.44) define are spelled as there;
/// the others are ours.
/// </summary>
public static class SpanAttributes
{
    public const string ErrorType = "error.type";

    public const string UserId = "user.id";
    public const string ClientAddress = "client.address";
    public const string CorrelationId = "correlation.id";

    /// <summary>On what was kept for its failure, and not chosen by a sampler.</summary>
    public const string SamplingReason = "sampling.reason";

    public const string EventId = "event.id";
    public const string EventType = "event.type";

    public const string ExecutionId = "execution.id";
    public const string ExecutionLanguage = "execution.language";
    public const string ExecutionScriptLength = "execution.script_length";
    public const string ExecutionAttempt = "execution.attempt";
    public const string ExecutionStatus = "execution.status";

    public const string MessagingSystem = "messaging.system";
    public const string MessagingOperationName = "messaging.operation.name";
    public const string MessagingOperationType = "messaging.operation.type";
    public const string MessagingDestination = "messaging.destination.name";
    public const string MessagingPartition = "messaging.destination.partition.id";
    public const string MessagingOffset = "messaging.kafka.offset";
    public const string MessagingKey = "messaging.kafka.message.key";
    public const string MessagingConsumerGroup = "messaging.consumer.group.name";
    public const string MessagingMessageId = "messaging.message.id";
    public const string MessagingConversationId = "messaging.message.conversation_id";
    public const string MessagingBodySize = "messaging.message.body.size";
    public const string MessagingBatchCount = "messaging.batch.message_count";

    public const string DatabaseSystem = "db.system.name";
    public const string DatabaseOperation = "db.operation.name";
    public const string DatabaseCollection = "db.collection.name";
    public const string DatabaseBatchSize = "db.operation.batch.size";

    /// <summary>Which in-place try of the handler this span is, from 1.</summary>
    public const string Attempt = "app.attempt";

    /// <summary>Unix milliseconds before which a retry is not meant to start.</summary>
    public const string RetryNotBefore = "app.retry.not_before";

    /// <summary>True where the message was handled before and this delivery changed nothing.</summary>
    public const string Duplicate = "app.duplicate";

    /// <summary>Milliseconds from the record's timestamp to the start of its handling.</summary>
    public const string QueueWait = "app.queue.wait_ms";

    public const string DeadLetterId = "dead_letter.id";
    public const string DeadLetterTopic = "dead_letter.original_topic";
    public const string DeadLetterGroup = "dead_letter.consumer_group";
    public const string DeadLetterRetryCount = "dead_letter.retry_count";
    public const string DeadLetterPolicy = "dead_letter.policy";
    public const string DeadLetterDecision = "dead_letter.decision";
    public const string DeadLetterStatus = "dead_letter.status";

    public const string RateLimitAllowed = "rate_limit.allowed";
    public const string RateLimitLimit = "rate_limit.limit";
    public const string RateLimitRemaining = "rate_limit.remaining";
    public const string RateLimitAlgorithm = "rate_limit.algorithm";
    public const string RateLimitRule = "rate_limit.rule";
    public const string RateLimitResetSeconds = "rate_limit.reset_seconds";

    /// <summary>True where the store gave no decision and the request passed for that.</summary>
    public const string RateLimitFailOpen = "rate_limit.fail_open";

    public const string SagaId = "saga.id";
    public const string SagaName = "saga.name";
    public const string SagaStep = "saga.step";
    public const string SagaCompensating = "saga.compensating";

    /// <summary>On the allocate step: false where the execution has to wait until its user has room.</summary>
    public const string SagaAllocated = "saga.allocated";

    public const string NotificationId = "notification.id";
    public const string NotificationChannel = "notification.channel";
    public const string NotificationSeverity = "notification.severity";

    /// <summary>Which attempt to deliver the notification this span is, from 1.</summary>
    public const string NotificationAttempt = "notification.attempt";

    /// <summary><c>delivered</c>, <c>retrying</c>, <c>failed</c>, <c>skipped</c> or <c>postponed</c>.</summary>
    public const string NotificationOutcome = "notification.outcome";

    /// <summary>Why the outcome is what it is, where it does not say it all.</summary>
    public const string NotificationReason = "notification.reason";

    public const string HttpMethod = "http.request.method";
    public const string HttpStatusCode = "http.response.status_code";
    public const string HttpResendCount = "http.request.resend_count";
    public const string NetworkProtocolVersion = "network.protocol.version";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";

    /// <summary>Always redacted to scheme, host and port.</summary>
    public const string Url = "url.full";

    public const string SandboxOutcome = "sandbox.outcome";
    public const string SandboxExitCode = "sandbox.exit_code";
    public const string SandboxSignal = "sandbox.signal";
    public const string SandboxWallLimit = "sandbox.limit.wall_seconds";
    public const string SandboxCpuLimit = "sandbox.limit.cpu_seconds";
    public const string SandboxMemoryLimit = "sandbox.limit.memory_bytes";
    public const string SandboxProcessLimit = "sandbox.limit.processes";
    public const string SandboxOutputLimit = "sandbox.limit.output_bytes";
    public const string SandboxTemporaryDiskLimit = "sandbox.limit.temporary_disk_bytes";
    public const string SandboxOpenFilesLimit = "sandbox.limit.open_files";
    public const string SandboxFileSizeLimit = "sandbox.limit.file_size_bytes";
    public const string SandboxQueueSeconds = "sandbox.queue_seconds";
    public const string SandboxCompileSeconds = "sandbox.compile_seconds";
    public const string SandboxStartSeconds = "sandbox.start_seconds";
    public const string SandboxRunSeconds = "sandbox.run_seconds";
    public const string SandboxUsageSource = "sandbox.usage_source";
    public const string SandboxCpuSeconds = "sandbox.cpu_seconds";
    public const string SandboxPeakMemory = "sandbox.peak_memory_bytes";
    public const string SandboxStdoutBytes = "sandbox.stdout_bytes";
    public const string SandboxStderrBytes = "sandbox.stderr_bytes";

    /// <summary>The version that a change of the settings made.</summary>
    public const string SettingsVersion = "settings.version";

    public const string ReplaySessionId = "replay.session_id";
    public const string ReplayReplayed = "replay.events.replayed";
    public const string ReplayReexecuted = "replay.events.reexecuted";
    public const string ReplayRemaining = "replay.events.remaining";
    public const string ReplayStatus = "replay.status";
    public const string ReplayDryRun = "replay.dry_run";

    /// <summary>The execution that runs a replayed request's script once more.</summary>
    public const string ReplayExecutionId = "replay.execution.id";
}
