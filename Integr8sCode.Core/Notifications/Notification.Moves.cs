using System.Diagnostics;

namespace Integr8sCode.Notifications;

/// <content>The state machine. A move that is illegal or comes too early yields <see langword="null"/>.</content>
public sealed partial record Notification
{
    /// <summary>It was announced: nothing keeps its first attempt waiting, which is to continue the message's trace.</summary>
    public Notification Announce(ActivityContext context, DateTimeOffset now) => this is { Status: NotificationStatus.Pending, Reason: null }
        ? Under(context) with { DueAt = now }
        : this;

    /// <summary>
    /// Takes the notification for one attempt. One whose earlier attempt never ended - its process is gone - may be taken again; with its
    /// last attempt lost it fails instead.
    /// </summary>
    public Notification? Claim(TimeSpan lease, DateTimeOffset now) => IsDue(now)
        ? Attempts.Count < MaxAttempts
            ? Next(NotificationStatus.Sending, now + lease) with { Attempts = [.. Ended(now), new(Attempts.Count + 1, now)] }
            : Next(NotificationStatus.Failed, dueAt: null, NotificationReasons.Exhausted) with { Attempts = Ended(now) }
        : null;

    /// <summary>Lets it wait: nothing is to be sent before <paramref name="until"/>.</summary>
    public Notification? Postpone(string reason, DateTimeOffset until, DateTimeOffset now) =>
        IsDue(now) ? Next(NotificationStatus.Pending, until, reason) with { Attempts = Ended(now) } : null;

    /// <summary>Decides against sending it.</summary>
    public Notification? Skip(string reason, DateTimeOffset now) =>
        IsDue(now) ? Next(NotificationStatus.Skipped, dueAt: null, reason) with { Attempts = Ended(now) } : null;

    /// <summary>Decides after the claim against sending it; no attempt was made.</summary>
    public Notification? Throttle() => Status is NotificationStatus.Sending
        ? Next(NotificationStatus.Skipped, dueAt: null, NotificationReasons.Throttled) with { Attempts = [.. Attempts.SkipLast(1)] }
        : null;

    /// <summary>Ends the claimed attempt.</summary>
    /// <param name="wait">How long to wait where another attempt is to be made.</param>
    public Notification? Finish(DeliveryResult result, TimeSpan wait, DateTimeOffset now)
    {
        if (Status is not NotificationStatus.Sending)
        {
            return null;
        }

        var finished = Attempts[^1] with { FinishedAt = now, StatusCode = result.StatusCode, Error = result.Error };
        var next = result switch
        {
            { IsDelivered: true } => Next(NotificationStatus.Delivered, dueAt: null) with { DeliveredAt = now },
            { IsTransient: false } => Next(NotificationStatus.Failed, dueAt: null, NotificationReasons.Refused),
            _ when Attempts.Count >= MaxAttempts => Next(NotificationStatus.Failed, dueAt: null, NotificationReasons.Exhausted),
            _ => Next(NotificationStatus.Pending, now + wait, NotificationReasons.Retrying),
        };

        return next with { Attempts = [.. Attempts.SkipLast(1), finished] };
    }

    /// <summary>Its user has seen it.</summary>
    public Notification? Read(DateTimeOffset now) => Status is NotificationStatus.Delivered
        ? Next(NotificationStatus.Read, dueAt: null) with { ReadAt = now }
        : null;

    private bool IsDue(DateTimeOffset now) => Status is NotificationStatus.Pending or NotificationStatus.Sending && DueAt <= now;

    private Notification Under(ActivityContext context) => context == default
        ? this
        : this with { TraceParent = Telemetry.TraceParentOf(context), TraceState = context.TraceState };

    private Notification Next(NotificationStatus status, DateTimeOffset? dueAt, string? reason = null) =>
        this with { Status = status, DueAt = dueAt, Reason = reason, Version = Version + 1 };

    private IReadOnlyList<DeliveryAttempt> Ended(DateTimeOffset now) => Attempts is [.., { FinishedAt: null } lost]
        ? [.. Attempts.SkipLast(1), lost with { FinishedAt = now, Error = "The process that made this attempt ended before it did." }]
        : Attempts;
}
