using System.Text.Json.Serialization;

namespace Integr8sCode.Sagas;

/// <summary>How far the <c>execution</c> saga of one execution has come; its id is the execution's.</summary>
public sealed record Saga
{
    public const string ExecutionSaga = "execution";

    public required Guid Id { get; init; }
    public string Name { get; init; } = ExecutionSaga;

    /// <summary>Owner of the execution.</summary>
    public required string UserId { get; init; }

    public required SagaStatus Status { get; init; }

    /// <summary>The step that is under way or, for an ended saga, the last one.</summary>
    public required SagaStep Step { get; init; }

    /// <summary>The allocation was given back because the execution did not complete.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public required long Version { get; init; }

    /// <summary>When the saga must be looked at again if nothing happens; <see langword="null"/> once it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status is not (SagaStatus.Running or SagaStatus.Compensating);

    [JsonIgnore]
    public IEnumerable<SagaStep> CompletedSteps =>
        Enum.GetValues<SagaStep>().Where(step => step < Step || (step == Step && Status is SagaStatus.Completed));

    /// <summary>Only allocating takes something that outlives the step: what was scheduled leaves the line by ending.</summary>
    [JsonIgnore]
    public IEnumerable<SagaStep> CompensatedSteps => IsReleased ? [SagaStep.Allocate] : [];

    public static Saga Start(Guid executionId, string userId, SagaStep step, DateTimeOffset deadline, DateTimeOffset now) => new()
    {
        Id = executionId,
        UserId = userId,
        Status = SagaStatus.Running,
        Step = step,
        Version = 1,
        Deadline = deadline,
        StartedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Goes on until the new deadline, at this step unless it was further already.</summary>
    public Saga? Reach(SagaStep step, DateTimeOffset deadline, DateTimeOffset now) => Status is SagaStatus.Running
        ? Next(now) with { Step = step > Step ? step : Step, Deadline = deadline }
        : null;

    /// <summary>Begins to give back what the steps up to this one have taken.</summary>
    public Saga? Compensate(SagaStep step, DateTimeOffset deadline, DateTimeOffset now) =>
        Reach(step, deadline, now) is { } reached ? reached with { Status = SagaStatus.Compensating } : null;

    /// <summary>Ends the saga; ending it again changes nothing.</summary>
    public Saga? End(SagaStatus status, DateTimeOffset now) => HasEnded
        ? null
        : Next(now) with
        {
            Status = status,
            Step = status is SagaStatus.Completed ? SagaStep.AwaitOutcome : Step,
            IsReleased = Status is SagaStatus.Compensating && Step >= SagaStep.Allocate,
            Deadline = null,
        };

    private Saga Next(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };
}
