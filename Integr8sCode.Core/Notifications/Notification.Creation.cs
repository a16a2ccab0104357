using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Notifications;

/// <content>What becomes a notification, and what it says.</content>
public sealed partial record Notification
{
    /// <summary>A message is given this long to announce the notification before the store's word is enough.</summary>
    public static readonly TimeSpan AnnouncementGrace = TimeSpan.FromSeconds(5);

    /// <summary>Tells of the end of an execution. The same event and channel always make the same notification.</summary>
    public static Notification Of(Execution execution, Event ended, NotificationChannel channel, Origin origin)
    {
        var result = ended.Read(CoreJson.Default.ExecutionResult);
        var outcome = ended.Type["execution.".Length..];
        return New(IdOf(ended, channel), channel, origin.Time + AnnouncementGrace, origin) with
        {
            UserId = execution.UserId,
            Severity = NotificationSeverities.Of(result),
            EventType = ended.Type,
            Subject = $"Execution {outcome}",
            Body = Describe(execution, result),
            Tags = ["execution", outcome, $"language:{execution.Request.Language}", "entity:execution", $"exec:{execution.Id}"],
            ExecutionId = execution.Id,
            CorrelationId = execution.CorrelationId,
        };
    }

    /// <summary>Shows a user whether their subscription works; sent whatever it filters, and due at once.</summary>
    public static Notification Test(string userId, NotificationChannel channel, string correlationId, Origin origin) =>
        New(Guid.CreateVersion7(origin.Time), channel, origin.Time, origin) with
        {
            UserId = userId,
            EventType = TestType,
            Subject = "Test notification",
            Body = "This is what a notification of Integr8sCode looks like.",
            Tags = ["test"],
            CorrelationId = correlationId,
        };

    /// <summary>The message that announces it; the notification itself stays in the store.</summary>
    public Event Announcement(Origin origin) => new()
    {
        EventId = Id,
        Type = EventTypes.NotificationCreated,
        Time = origin.Time,
        ExecutionId = ExecutionId ?? Guid.Empty,
        Sequence = 0,
        CorrelationId = CorrelationId,
        UserId = UserId,
        Service = origin.Service,
        Data = JsonSerializer.SerializeToElement(new(Id, Channel), CoreJson.Default.NotificationCreated),
        TraceParent = origin.TraceParent,
        TraceState = origin.TraceState,
    };

    private static Notification New(Guid id, NotificationChannel channel, DateTimeOffset dueAt, Origin origin)
    {
        var isDelivered = channel is NotificationChannel.InApp;
        return new()
        {
            Id = id,
            UserId = "",
            Channel = channel,
            Severity = NotificationSeverity.Low,
            EventType = "",
            Subject = "",
            Body = "",
            Tags = [],
            CorrelationId = "",
            TraceParent = origin.TraceParent,
            TraceState = origin.TraceState,
            CreatedAt = origin.Time,
            Status = isDelivered ? NotificationStatus.Delivered : NotificationStatus.Pending,
            DueAt = isDelivered ? null : dueAt,
            DeliveredAt = isDelivered ? origin.Time : null,
        };
    }

    private static string Describe(Execution execution, ExecutionResult result)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"Your {execution.Request.Language} script");
        var time = result.RunSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $" after {seconds:0.###} s") : "";
        return result switch
        {
            { Message: { Length: > 0 } message } => $"{script}: {message}",
            { Outcome: RunOutcome.Exited, ExitCode: { } code } => $"{script} exited with code {code}{time}.",
            { Outcome: RunOutcome.Signaled, Signal: { } signal } => $"{script} was ended by signal {signal}{time}.",
            { Outcome: RunOutcome.CompileError } => $"{script} does not compile.",
            { Status: ExecutionStatus.Timeout } => $"{script} was stopped at its time limit{time}.",
            { Status: ExecutionStatus.Cancelled } => $"{script} was cancelled{time}.",
            _ => $"{script} failed ({SnakeCase.NameOf(result.Outcome)}){time}.",
        };
    }

    /// <summary>The first id of what happened at that time: ids sort by it.</summary>
    public static Guid FirstIdOf(DateTimeOffset time) => OfTime(time, stackalloc byte[16]);

    /// <summary>A UUIDv7 of the event's time whose other bits are those of the event and the channel.</summary>
    private static Guid IdOf(Event cause, NotificationChannel channel)
    {
        Span<byte> source = stackalloc byte[17];
        cause.EventId.TryWriteBytes(source, bigEndian: true, out _);
        source[16] = (byte)channel;

        return OfTime(cause.Time, SHA256.HashData(source).AsSpan(0, 16));
    }

    private static Guid OfTime(DateTimeOffset time, Span<byte> bits)
    {
        Span<byte> milliseconds = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.ToUnixTimeMilliseconds());
        return DerivedId.Of(milliseconds[^DerivedId.TimeBytes..], bits);
    }
}
