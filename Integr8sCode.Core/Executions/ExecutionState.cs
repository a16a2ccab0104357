using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>Where an execution stands: the sum of its events so far.</summary>
public sealed partial record ExecutionState
{
    public required ExecutionStatus Status { get; init; }

    /// <summary>Sequence of the last event; the next change must carry this plus one, so of two concurrent changes one is refused.</summary>
    public required long Sequence { get; init; }

    /// <summary>How often a worker has claimed the execution; the fencing token of the current claim.</summary>
    public int Attempts { get; init; }

    /// <summary>How many of the attempts ended with a dead worker or a broken sandbox.</summary>
    public int LostAttempts { get; init; }

    /// <summary>Process that holds the lease, while running.</summary>
    public string? WorkerId { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The worker was asked to kill the run.</summary>
    public bool CancelRequested { get; init; }

    public ExecutionResult? Result { get; init; }

    /// <summary>Its place in line, among the queued of its user and then among all that are scheduled: the earliest comes first.</summary>
    public DateTimeOffset Place { get; init; }

    /// <summary>Queued, and looked at: it waits until its user has room. Whatever ends lets it in; no message is missing.</summary>
    public bool Deferred { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? ScheduledAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? ResultStoredAt { get; init; }

    public bool IsTerminal => Status is >= ExecutionStatus.Completed;

    /// <summary>When somebody must see to it: what stands in line, whose lease ends, whose result is to be stored; absent once nothing waits.</summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt => this switch
    {
        { Deferred: true, IsTerminal: false } => null,
        { Status: ExecutionStatus.Queued } => RequestedAt,
        { Status: ExecutionStatus.Scheduled } => Place,
        { Status: ExecutionStatus.Running } => LeaseUntil,
        { ResultStoredAt: null } => FinishedAt,
        _ => null,
    };
}
