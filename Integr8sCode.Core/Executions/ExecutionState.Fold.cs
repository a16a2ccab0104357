using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <content>What an event says of the state after it.</content>
public sealed partial record ExecutionState
{
    public ExecutionState After(Event next)
    {
        var after = next.Type switch
        {
            EventTypes.ExecutionDeferred => this with { Deferred = true },
            EventTypes.ExecutionScheduled => Scheduled(next),
            EventTypes.ExecutionStarted => Started(next),
            EventTypes.ExecutionRequeued => Requeued(next),
            EventTypes.ExecutionCancelRequested => this with { CancelRequested = true },
            EventTypes.ResultStored => this with { ResultStoredAt = next.Time },
            _ when EventTypes.IsTerminal(next.Type) => Ended(next),
            _ => throw new InvalidOperationException($"Nobody knows what {next.Type} makes of execution {next.ExecutionId}."),
        };

        return next.Sequence == Sequence + 1
            ? after with { Sequence = next.Sequence }
            : throw new InvalidOperationException($"Event {Sequence + 1} of execution {next.ExecutionId} is missing.");
    }

    private ExecutionState Scheduled(Event next) => this with
    {
        Status = ExecutionStatus.Scheduled,
        ScheduledAt = next.Time,
        Place = next.Read(CoreJson.Default.ExecutionScheduled).Place,
        Deferred = false,
    };

    // Who starts what is running takes it from a worker that was lost.
    private ExecutionState Started(Event next)
    {
        var started = next.Read(CoreJson.Default.ExecutionStarted);
        return this with
        {
            Status = ExecutionStatus.Running,
            WorkerId = started.WorkerId,
            LeaseUntil = started.LeaseUntil,
            Attempts = started.Attempt,
            LostAttempts = LostAttempts + (Status is ExecutionStatus.Running ? 1 : 0),
            StartedAt = next.Time,
        };
    }

    private ExecutionState Requeued(Event next) => this with
    {
        Status = ExecutionStatus.Scheduled,
        WorkerId = null,
        LeaseUntil = null,
        LostAttempts = LostAttempts + (next.Read(CoreJson.Default.ExecutionRequeued).Lost ? 1 : 0),
    };

    private ExecutionState Ended(Event next)
    {
        var result = next.Read(CoreJson.Default.ExecutionResult);
        return this with
        {
            Status = result.Status,
            Result = result,
            WorkerId = null,
            LeaseUntil = null,
            FinishedAt = next.Time,
        };
    }
}
