using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <content>
/// The state machine. A move that is illegal or stale yields <see langword="null"/>, so redelivered messages and late processes change
/// nothing.
/// </content>
public sealed partial record DeadLetter
{
    private const int MaxTransitions = 100;
    private const int MaxDoublings = 10;

    /// <summary>True once nothing more happens to the letter.</summary>
    public static bool IsClosed(DeadLetterStatus status) =>
        status is DeadLetterStatus.Resolved or DeadLetterStatus.Archived or DeadLetterStatus.Discarded;

    /// <summary>A message failed for the first time.</summary>
    /// <param name="due">When the dlq-processor takes the letter from the store, should it not come through the topic.</param>
    public static DeadLetter Open(string group, RawMessage message, Event? decoded, DeadLetterFailure failure, DateTimeOffset due) => new()
    {
        Id = Guid.CreateVersion7(failure.FailedAt),
        ConsumerGroup = group,
        Message = message,
        EventId = decoded?.EventId is { } id && id != Guid.Empty ? id : null,
        EventType = decoded?.Type,
        ExecutionId = decoded?.ExecutionId,
        State = new()
        {
            Version = 1,
            Status = DeadLetterStatus.Pending,
            Failure = failure,
            FirstFailedAt = failure.FailedAt,
            Due = due,
            Transitions =
            [
                new(From: null, DeadLetterStatus.Pending, failure.FailedAt, group, failure.ExceptionMessage, failure.TraceParent),
            ],
        },
    };

    /// <summary>
    /// The group's handler failed again: on the retry with that number, or (<see langword="null"/>) on a delivery that was no retry,
    /// which opens a resolved letter again and says nothing new of any other.
    /// </summary>
    public DeadLetter? FailAgain(DeadLetterFailure failure, int? retry, DateTimeOffset due)
    {
        var note = new DeadLetterNote(ConsumerGroup, failure.FailedAt, failure.ExceptionMessage, failure.TraceParent);
        var failed = State with { Failure = failure, Due = due, RetryingSince = null, ClosedAt = null };
        return State.Status switch
        {
            DeadLetterStatus.Retrying when retry == State.RetryCount => Move(failed, DeadLetterStatus.Pending, note),
            DeadLetterStatus.Resolved when retry is null => Move(
                failed with { FirstFailedAt = failure.FailedAt, RetryCount = 0 }, DeadLetterStatus.Pending, note),
            _ => null,
        };
    }

    /// <summary>The dlq-processor has seen the failure and does what the topic's policy says.</summary>
    /// <param name="traceParent">Context of the <c>dlq.consume</c> span.</param>
    public DeadLetter? Follow(RetryDecision decision, string by, DateTimeOffset now, string? traceParent) =>
        State is { Status: DeadLetterStatus.Pending, Due: not null }
            ? Move(
                State with { Due = decision.Due, TraceParent = traceParent ?? State.TraceParent },
                decision.Status, new(by, now, decision.Why, traceParent))
            : null;

    /// <summary>A process takes a due retry: a new one, or one whose lease ended before anybody answered.</summary>
    public DeadLetter? Claim(TimeSpan lease, DeadLetterNote note) => State switch
    {
        { Due: null } => null,
        _ when State.Due > note.At => null,
        { Status: DeadLetterStatus.Scheduled } => Move(
            State with { RetryCount = State.RetryCount + 1, Sends = 1, Due = note.At + lease, RetryingSince = State.RetryingSince ?? note.At },
            DeadLetterStatus.Retrying, note),
        { Status: DeadLetterStatus.Retrying } => Move(
            State with { Sends = State.Sends + 1, Due = note.At + (lease * (1 << Math.Min(State.Sends, MaxDoublings))) },
            DeadLetterStatus.Retrying, note),
        _ => null,
    };

    /// <summary>The retry could not be sent: it is to be made again later, and does not count.</summary>
    public DeadLetter? Postpone(TimeSpan delay, DeadLetterNote note) => State is { Status: DeadLetterStatus.Retrying, Sends: 1 }
        ? Move(
            State with { RetryCount = State.RetryCount - 1, Due = note.At + delay }, DeadLetterStatus.Scheduled, note)
        : null;

    /// <summary>The retry could not be sent, or nobody answered it, for too long.</summary>
    public DeadLetter? GiveUp(DeadLetterNote note) => State.RetryingSince is not null
        ? Move(State with { Due = null, RetryingSince = null }, DeadLetterStatus.Dead, note)
        : null;

    /// <summary>The group's handler has taken the message after all.</summary>
    public DeadLetter? Resolve(DeadLetterNote note) =>
        IsClosed(State.Status) ? null : Close(DeadLetterStatus.Resolved, note);

    /// <summary>An operator wants the message tried again now, whatever the policy says.</summary>
    public DeadLetter? Retry(Guid? batchId, DeadLetterNote note) => IsAtRest
        ? Move(State with { Due = note.At, BatchId = batchId, RetryingSince = null }, DeadLetterStatus.Scheduled, note)
        : null;

    /// <summary>An operator wants another message tried in place of this one.</summary>
    public DeadLetter? EditAndRetry(DeadLetterEdit edit, DeadLetterNote note) =>
        (this with { State = State with { Edit = edit } }).Retry(batchId: null, note);

    /// <summary>An operator gives the message up.</summary>
    public DeadLetter? Discard(DeadLetterNote note) => IsAtRest ? Close(DeadLetterStatus.Discarded, note) : null;

    /// <summary>Puts away what needs no attention any more.</summary>
    public DeadLetter? Archive(DeadLetterNote note) => State.Status is DeadLetterStatus.Dead or DeadLetterStatus.Resolved
        ? Close(DeadLetterStatus.Archived, note)
        : null;

    private bool IsAtRest => State.Status is DeadLetterStatus.Pending or DeadLetterStatus.Scheduled or DeadLetterStatus.Dead;

    private DeadLetter Close(DeadLetterStatus status, DeadLetterNote note) =>
        Move(State with { Due = null, RetryingSince = null, ClosedAt = note.At }, status, note);

    private DeadLetter Move(DeadLetterState state, DeadLetterStatus to, DeadLetterNote note) => this with
    {
        State = state with
        {
            Version = State.Version + 1,
            Status = to,
            Transitions =
            [
                .. State.Transitions.TakeLast(MaxTransitions - 1),
                new(State.Status, to, note.At, note.By, note.Why, note.TraceParent),
            ],
        },
    };
}
