using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

/// <summary>Where an execution stands: what the queues and lists are asked of, and the home of the lease. Derived from the events.</summary>
internal sealed record ExecutionDocument
{
    public required Guid Id { get; init; }
    public required string UserId { get; init; }
    public required string Language { get; init; }
    public required string CorrelationId { get; init; }
    public string? TraceId { get; init; }
    public string? IdempotencyKey { get; init; }
    public Guid? RetryOf { get; init; }
    public required ExecutionRequest Request { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    public required ExecutionStatus Status { get; init; }
    public required long Sequence { get; init; }
    public string? WorkerId { get; init; }
    public DateTimeOffset Place { get; init; }

    /// <summary>When it was requested, scheduled or finished; while it runs, when its lease ends; null once nothing waits for it.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When its last event was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>End of the newest chunk of output, while it runs; moved by <see cref="MongoOutputStore"/> alone.</summary>
    public long? Written { get; init; }

    public required ExecutionState State { get; init; }

    /// <param name="execution">The execution to show.</param>
    /// <param name="recordedAt">When its last event was recorded.</param>
    public static ExecutionDocument Of(Execution execution, DateTimeOffset recordedAt) => new()
    {
        Id = execution.Id,
        UserId = execution.UserId,
        Language = execution.Request.Language,
        CorrelationId = execution.CorrelationId,
        TraceId = execution.TraceId,
        IdempotencyKey = execution.IdempotencyKey,
        RetryOf = execution.RetryOf,
        Request = execution.Request,
        RequestedAt = execution.State.RequestedAt,
        Status = execution.State.Status,
        Sequence = execution.State.Sequence,
        WorkerId = execution.State.WorkerId,
        Place = execution.State.Place,
        Due = execution.State.DueAt,
        RecordedAt = recordedAt,
        State = execution.State,
    };

    public Execution ToExecution() => new()
    {
        Id = Id,
        UserId = UserId,
        CorrelationId = CorrelationId,
        TraceId = TraceId,
        IdempotencyKey = IdempotencyKey,
        RetryOf = RetryOf,
        Request = Request,
        // A renewal moves the lease without touching the state.
        State = Status is ExecutionStatus.Running ? State with { LeaseUntil = Due } : State,
    };
}
