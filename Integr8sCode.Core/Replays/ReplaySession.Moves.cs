namespace Integr8sCode.Replays;

/// <content>The state machine. A move that is illegal, or of a replayer that lost the session, yields <see langword="null"/>.</content>
public sealed partial record ReplaySession
{
    /// <param name="total">Events that the plan matches now.</param>
    public static ReplaySession Create(Guid id, ReplayPlan plan, long total, string by, DateTimeOffset now) => new()
    {
        Id = id,
        Plan = plan with { Filter = plan.Filter with { To = plan.Filter.To < now ? plan.Filter.To : now } },
        Status = ReplayStatus.Created,
        CreatedBy = by,
        CreatedAt = now,
        Total = Math.Min(total, plan.Limit),
        Version = 1,
        UpdatedAt = now,
    };

    /// <param name="traceParent">Context of the request that starts it.</param>
    public ReplaySession? Start(string by, string? traceParent, DateTimeOffset now) => Status is ReplayStatus.Created
        ? Next(now) with { Status = ReplayStatus.Running, ChangedBy = by, StartedAt = now, TraceParent = traceParent }
        : null;

    /// <summary>The replayer stops before the next event.</summary>
    public ReplaySession? Pause(string by, DateTimeOffset now) => Status is ReplayStatus.Running
        ? Next(now) with { Status = ReplayStatus.Paused, ChangedBy = by }
        : null;

    /// <summary>Goes on where it stopped, also after a failure.</summary>
    public ReplaySession? Resume(string by, DateTimeOffset now) => Status is ReplayStatus.Paused or ReplayStatus.Failed
        ? Next(now) with
        {
            Status = ReplayStatus.Running,
            ChangedBy = by,
            FinishedAt = null,
            Error = null,
            PacedAt = LastEventAt is null ? null : now,
        }
        : null;

    public ReplaySession? Cancel(string by, DateTimeOffset now) => Status is ReplayStatus.Completed or ReplayStatus.Cancelled
        ? null
        : Next(now) with { Status = ReplayStatus.Cancelled, ChangedBy = by, FinishedAt = now };

    /// <summary>True while a replayer may still work on it, or will.</summary>
    public bool IsBusy(DateTimeOffset now) => Status is ReplayStatus.Running || LeaseUntil >= now;

    /// <summary>A replayer takes the session for as long as it renews its lease.</summary>
    public ReplaySession? Claim(string owner, DateTimeOffset until, DateTimeOffset now) =>
        Status is ReplayStatus.Running && !(LeaseUntil >= now)
            ? Next(now) with { Owner = owner, LeaseUntil = until }
            : null;

    /// <summary>The holder tells which span it works under, and where the topics end before it publishes anything.</summary>
    public ReplaySession? Enter(string owner, string? traceParent, IReadOnlyDictionary<string, long> ends, DateTimeOffset now) =>
        Owner == owner
            ? Next(now) with { TraceParent = traceParent ?? TraceParent, Offsets = Merge(ends, Offsets) }
            : null;

    /// <summary>
    /// The holder tells what it did, and goes on while the session runs. What was done counts, whatever an admin has decided meanwhile.
    /// </summary>
    public ReplaySession? Advance(string owner, ReplayProgress progress, DateTimeOffset until, DateTimeOffset now) =>
        Owner == owner
            ? Next(now) with
            {
                Replayed = Replayed + progress.Replayed,
                Reexecuted = Reexecuted + progress.Reexecuted,
                Cursor = progress.Cursor,
                LastEventAt = progress.LastEventAt,
                PacedAt = progress.PacedAt,
                Active = Active + progress.Active,
                Offsets = Merge(Offsets, progress.Offsets),
                LeaseUntil = until,
            }
            : null;

    /// <summary>The holder waits: for the next event's time or for the broker.</summary>
    public ReplaySession? Renew(string owner, DateTimeOffset until, DateTimeOffset now) =>
        Owner == owner ? Next(now) with { LeaseUntil = until } : null;

    /// <summary>The holder leaves the session in good order: everything it published is in the cursor.</summary>
    public ReplaySession? Release(string owner, DateTimeOffset now) =>
        Owner == owner ? Next(now) with { Owner = null, LeaseUntil = null } : null;

    /// <summary>The holder found nothing more to replay.</summary>
    public ReplaySession? Complete(string owner, DateTimeOffset now) => Status is ReplayStatus.Running
        ? Release(owner, now) is { } released ? released with { Status = ReplayStatus.Completed, FinishedAt = now } : null
        : Release(owner, now);

    /// <summary>The holder cannot go on. It keeps its mark, because what it published last may not be in the cursor.</summary>
    public ReplaySession? Fail(string owner, string error, DateTimeOffset now) => Owner == owner && Status is ReplayStatus.Running
        ? Next(now) with { Status = ReplayStatus.Failed, Error = error, FinishedAt = now, LeaseUntil = null }
        : null;

    private ReplaySession Next(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };

    private static Dictionary<string, long> Merge(
        IReadOnlyDictionary<string, long>? known, IReadOnlyDictionary<string, long>? newer)
    {
        var merged = new Dictionary<string, long>(known ?? new Dictionary<string, long>());
        foreach (var (partition, offset) in newer ?? new Dictionary<string, long>())
        {
            merged[partition] = offset;
        }

        return merged;
    }
}
