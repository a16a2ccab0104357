namespace Integr8sCode.Sagas;

/// <summary>How far the <c>execution</c> saga of one execution has come; its id is the execution's.</summary>
public sealed record Saga
{
    public const string ExecutionSaga = "execution";

    public required Guid Id { get; init; }
    public string Name { get; init; } = ExecutionSaga;
    public required SagaStatus Status { get; init; }

    /// <summary>The step that is under way or, for an ended saga, the last one.</summary>
    public required SagaStep Step { get; init; }

    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public required long Version { get; init; }

    /// <summary>When the saga must be looked at again if nothing happens; <see langword="null"/> once it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The saga of an execution that was validated and scheduled: it waits for the outcome until the deadline.</summary>
    public static Saga Start(Guid executionId, DateTimeOffset deadline, DateTimeOffset now) => new()
    {
        Id = executionId,
        Status = SagaStatus.Running,
        Step = SagaStep.AwaitOutcome,
        Version = 1,
        Deadline = deadline,
        StartedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Waits on, until the new deadline.</summary>
    public Saga GoOn(DateTimeOffset deadline, DateTimeOffset now) =>
        this with { Deadline = deadline, Version = Version + 1, UpdatedAt = now };

    /// <summary>Ends the saga; ending it again changes nothing.</summary>
    public Saga? End(SagaStatus status, DateTimeOffset now) => Status is SagaStatus.Running
        ? this with { Status = status, Deadline = null, Version = Version + 1, UpdatedAt = now }
        : null;
}
