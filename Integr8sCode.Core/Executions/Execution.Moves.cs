using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <content>
/// The state machine. A move that is illegal or stale yields <see langword="null"/>, so redelivered messages and late workers change
/// nothing.
/// </content>
public sealed partial record Execution
{
    public static ExecutionChange Accept(NewExecution accepted, Origin origin)
    {
        var execution = new Execution
        {
            Id = accepted.Id,
            UserId = accepted.UserId,
            CorrelationId = accepted.CorrelationId,
            TraceId = ActivityContext.TryParse(origin.TraceParent, null, out var context) ? context.TraceId.ToHexString() : null,
            IdempotencyKey = accepted.IdempotencyKey,
            RetryOf = accepted.RetryOf,
            Request = accepted.Request,
            State = new()
            {
                Status = ExecutionStatus.Queued,
                Sequence = 0,
                RequestedAt = origin.Time,
                Place = PlaceInLine.Of(origin.Time, accepted.Request.Priority),
            },
        };

        return execution.Change(
            execution.State, EventTypes.ExecutionRequested, accepted.Request, CoreJson.Default.ExecutionRequest, origin, accepted.EventId);
    }

    /// <summary>The saga lets the execution wait until its user has room below the cap.</summary>
    public ExecutionChange? Defer(int cap, Origin origin) => State is { Status: ExecutionStatus.Queued, Deferred: false }
        ? Change(
            State with { Deferred = true }, EventTypes.ExecutionDeferred, new(cap), CoreJson.Default.ExecutionDeferred, origin)
        : null;

    /// <summary>The saga lets the execution wait for a slot, in line behind what its user holds already.</summary>
    public ExecutionChange? Schedule(Origin origin, int held = 0)
    {
        var place = PlaceInLine.Of(origin.Time, Request.Priority, held);
        return State.Status is ExecutionStatus.Queued
            ? Change(
                State with { Status = ExecutionStatus.Scheduled, ScheduledAt = origin.Time, Place = place, Deferred = false },
                EventTypes.ExecutionScheduled, new(Request.Language, Request.Version, place), CoreJson.Default.ExecutionScheduled, origin)
            : null;
    }

    /// <summary>A worker claims the execution: one that waits, or one whose worker let its lease expire.</summary>
    public ExecutionChange? Start(string workerId, TimeSpan lease, Origin origin)
    {
        var expired = IsExpired(origin.Time);
        if (State.CancelRequested || (State.Status is not ExecutionStatus.Scheduled && !(expired && State.LostAttempts + 1 < MaxLostAttempts)))
        {
            return null;
        }

        var state = State with
        {
            Status = ExecutionStatus.Running,
            WorkerId = workerId,
            LeaseUntil = origin.Time + lease,
            Attempts = State.Attempts + 1,
            LostAttempts = State.LostAttempts + (expired ? 1 : 0),
            StartedAt = origin.Time,
        };

        return Change(
            state, EventTypes.ExecutionStarted, new(workerId, state.Attempts, state.LeaseUntil.Value), CoreJson.Default.ExecutionStarted, origin);
    }

    /// <summary>The worker gives its claim back; <paramref name="lost"/> where the attempt failed through the platform's fault.</summary>
    public ExecutionChange? Requeue(string workerId, int attempt, bool lost, string reason, Origin origin) => this switch
    {
        _ when !IsHeldBy(workerId, attempt) || (lost && State.LostAttempts + 1 >= MaxLostAttempts) => null,
        { State.CancelRequested: true } => EndCancelled(origin),
        _ => Change(
                State with
                {
                    Status = ExecutionStatus.Scheduled,
                    WorkerId = null,
                    LeaseUntil = null,
                    LostAttempts = State.LostAttempts + (lost ? 1 : 0),
                },
                EventTypes.ExecutionRequeued, new(workerId, attempt, reason, lost), CoreJson.Default.ExecutionRequeued, origin),
    };

    /// <summary>The worker reports what the run came to; refused where it no longer holds the claim.</summary>
    public ExecutionChange? Finish(string workerId, int attempt, ExecutionResult result, ExecutionOutput output, Origin origin) =>
        IsHeldBy(workerId, attempt) ? End(result, origin) with { Output = output } : null;

    /// <summary>Ends an execution whose workers died until its attempts were used up, or while it was to be cancelled.</summary>
    public ExecutionChange? LoseWorker(Origin origin) => IsExpired(origin.Time) switch
    {
        true when State.CancelRequested => EndCancelled(origin),
        true when State.LostAttempts + 1 >= MaxLostAttempts => End(
            new() { Outcome = RunOutcome.WorkerLost, Message = $"{MaxLostAttempts} workers were lost while running this script." }, origin),
        _ => null,
    };

    /// <summary>Ends an execution that waited too long: for its turn, for a slot, or for a worker to take it over.</summary>
    public ExecutionChange? Expire(TimeSpan limit, Origin origin) => IsOverdue(limit, origin.Time)
        ? End(new() { Outcome = RunOutcome.Timeout, Message = $"Waited longer than {limit:c} for a worker." }, origin)
        : null;

    /// <summary>Ends an execution that cannot be run at all.</summary>
    public ExecutionChange? Reject(string reason, Origin origin) => State.Status is ExecutionStatus.Queued
        ? End(new() { Outcome = RunOutcome.Rejected, Message = reason }, origin)
        : null;

    /// <summary>Cancels: at once where nothing runs, else by asking the worker.</summary>
    public ExecutionChange? Cancel(string requestedBy, Origin origin) => State switch
    {
        { IsTerminal: true } or { CancelRequested: true } => null,
        { Status: ExecutionStatus.Running } => Change(
            State with { CancelRequested = true },
            EventTypes.ExecutionCancelRequested, new(requestedBy), CoreJson.Default.ExecutionCancelRequested, origin),
        _ => End(new() { Outcome = RunOutcome.Cancelled, Message = "Cancelled before it ran." }, origin),
    };

    /// <summary>The result-processor notes that the result is complete, with the time it took.</summary>
    public ExecutionChange? StoreResult(Origin origin) => State is { IsTerminal: true, ResultStoredAt: null }
        ? Change(
            State with { ResultStoredAt = origin.Time }, EventTypes.ResultStored, Timings(), CoreJson.Default.ExecutionTimings, origin)
        : null;

    /// <summary>Where the time went so far; complete once the execution is terminal.</summary>
    public ExecutionTimings Timings() => new(
        (State.ScheduledAt - State.RequestedAt)?.TotalSeconds,
        (State.StartedAt - State.ScheduledAt)?.TotalSeconds,
        (State.FinishedAt - State.StartedAt)?.TotalSeconds,
        ((State.FinishedAt ?? State.RequestedAt) - State.RequestedAt).TotalSeconds);

    /// <summary>The event that tells of a terminal status.</summary>
    public static string TerminalEventOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Completed => EventTypes.ExecutionCompleted,
        ExecutionStatus.Timeout => EventTypes.ExecutionTimedOut,
        ExecutionStatus.Cancelled => EventTypes.ExecutionCancelled,
        ExecutionStatus.Failed => EventTypes.ExecutionFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a terminal status."),
    };

    /// <summary>True where nobody has run it for longer than the limit, though it has not ended.</summary>
    public bool IsOverdue(TimeSpan limit, DateTimeOffset now) => WaitsUntil(limit) < now;

    /// <summary>When it will have waited for as long as the limit; <see langword="null"/> once it has ended.</summary>
    public DateTimeOffset? WaitsUntil(TimeSpan limit) => State switch
    {
        { IsTerminal: true } => null,
        { Status: ExecutionStatus.Running } => State.LeaseUntil + limit,
        _ => State.RequestedAt + limit,
    };

    private ExecutionChange EndCancelled(Origin origin) =>
        End(new() { Outcome = RunOutcome.Cancelled, Message = "Cancelled; its worker was lost." }, origin);

    private bool IsExpired(DateTimeOffset now) => State.Status is ExecutionStatus.Running && State.LeaseUntil < now;

    private ExecutionChange End(ExecutionResult result, Origin origin)
    {
        var state = State with
        {
            Status = result.Status,
            Result = result,
            WorkerId = null,
            LeaseUntil = null,
            FinishedAt = origin.Time,
        };

        return Change(state, TerminalEventOf(result.Status), result, CoreJson.Default.ExecutionResult, origin);
    }

    private ExecutionChange Change<T>(
        ExecutionState state, string type, T data, JsonTypeInfo<T> dataType, Origin origin, Guid? eventId = null)
    {
        var next = this with { State = state with { Sequence = State.Sequence + 1 } };
        return new(next, new()
        {
            EventId = eventId ?? Guid.CreateVersion7(origin.Time),
            Type = type,
            Time = origin.Time,
            ExecutionId = Id,
            Sequence = next.State.Sequence,
            CorrelationId = CorrelationId,
            UserId = UserId,
            Service = origin.Service,
            Data = JsonElement.Parse(CompactJson.Write(data, dataType)),
            TraceParent = origin.TraceParent,
            TraceState = origin.TraceState,
        });
    }
}
