using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

/// <summary>
/// The commit point of a change: one document holds the event and everything needed to tell where the execution stands after it. Its
/// insert is the change; all else is derived from it.
/// </summary>
internal sealed record EventDocument
{
    public required Guid Id { get; init; }
    public required Guid ExecutionId { get; init; }
    public required long Sequence { get; init; }
    public required string Type { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required string CorrelationId { get; init; }
    public required string UserId { get; init; }
    public required string Service { get; init; }
    public string? TraceParent { get; init; }
    public string? TraceState { get; init; }
    public required JsonElement Data { get; init; }

    /// <summary>The execution's state after the event.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>
    /// Never before that of the event it follows, though the clocks of two processes differ: what orders the events of all executions.
    /// </summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public bool Published { get; init; }

    /// <summary>True or absent: the unique index over it admits one such event for an execution.</summary>
    public bool? Terminal { get; init; }

    /// <summary>With the first event only, as the two below; its data is the request.</summary>
    public string? TraceId { get; init; }

    public string? IdempotencyKey { get; init; }
    public Guid? RetryOf { get; init; }

    /// <param name="change">The change to commit.</param>
    /// <param name="follows">When the event before it was recorded.</param>
    public static EventDocument Of(ExecutionChange change, DateTimeOffset follows) => new()
    {
        Id = change.Event.EventId,
        ExecutionId = change.Event.ExecutionId,
        Sequence = change.Event.Sequence,
        Type = change.Event.Type,
        Version = change.Event.Version,
        Time = change.Event.Time,
        CorrelationId = change.Event.CorrelationId,
        UserId = change.Event.UserId,
        Service = change.Event.Service,
        TraceParent = change.Event.TraceParent,
        TraceState = change.Event.TraceState,
        Data = change.Event.Data,
        State = change.Execution.State,
        RecordedAt = change.Event.Time > follows ? change.Event.Time : follows,
        Terminal = EventTypes.IsTerminal(change.Event.Type) ? true : null,
    };

    public static EventDocument First(ExecutionChange accepted) => Of(accepted, follows: DateTimeOffset.MinValue) with
    {
        TraceId = accepted.Execution.TraceId,
        IdempotencyKey = accepted.Execution.IdempotencyKey,
        RetryOf = accepted.Execution.RetryOf,
    };

    public Event ToEvent() => new()
    {
        EventId = Id,
        Type = Type,
        Version = Version,
        Time = Time,
        ExecutionId = ExecutionId,
        Sequence = Sequence,
        CorrelationId = CorrelationId,
        UserId = UserId,
        Service = Service,
        Data = Data,
        TraceParent = TraceParent,
        TraceState = TraceState,
    };

    /// <summary>The execution as it was accepted; of the first event only.</summary>
    public Execution ToExecution() => new()
    {
        Id = ExecutionId,
        UserId = UserId,
        CorrelationId = CorrelationId,
        TraceId = TraceId,
        IdempotencyKey = IdempotencyKey,
        RetryOf = RetryOf,
        Request = ToEvent().Read(CoreJson.Default.ExecutionRequest),
        State = State,
    };
}
