namespace Integr8sCode;

/// <summary>The platform's own span names; the trace contract of the README lists who emits which.</summary>
public static class SpanNames
{
    public const string KafkaPublish = "kafka.publish";
    public const string KafkaConsume = "kafka.consume";
    public const string DeadLetterConsume = "dlq.consume";
    public const string DeadLetterRetry = "dlq.retry";
    public const string RateLimitCheck = "rate_limit.check";
    public const string SagaStep = "saga.step";
    public const string SandboxRun = "sandbox.run";
    public const string ReplaySession = "replay.session";
    public const string ReplayPublish = "replay.publish";
    public const string NotificationDeliver = "notification.deliver";
}
