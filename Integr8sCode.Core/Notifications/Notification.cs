using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Integr8sCode.Notifications;

/// <summary>One piece of news for one user through one channel. It changes only through the moves.</summary>
public sealed partial record Notification
{
    /// <summary>What a user asks for to see whether a subscription works; no execution caused it.</summary>
    public const string TestType = "notification.test";

    public const int MaxAttempts = 6;

    public required Guid Id { get; init; }
    public required string UserId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public required NotificationSeverity Severity { get; init; }

    /// <summary>Type of the event that it tells of, or <see cref="TestType"/>.</summary>
    public required string EventType { get; init; }

    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public Guid? ExecutionId { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>W3C trace context that every attempt continues.</summary>
    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    /// <summary>When it was kept, which may be long after what it tells of.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required NotificationStatus Status { get; init; }

    /// <summary>One of <see cref="NotificationReasons"/>; absent where the status says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>When somebody must see to it: to make an attempt, or because the process that makes one may be gone.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public long Version { get; init; } = 1;

    [JsonIgnore]
    public bool IsTest => EventType == TestType;

    /// <summary>The stored trace context; <see langword="default"/> where none or a malformed one was stored.</summary>
    [JsonIgnore]
    public ActivityContext TraceContext => Telemetry.ContextOf(TraceParent, TraceState);

    [JsonIgnore]
    public string? TraceId => TraceContext is { } context && context != default ? context.TraceId.ToHexString() : null;
}
