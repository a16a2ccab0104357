namespace Integr8sCode.Replays;

/// <summary>A replay session and how far it has really come.</summary>
public sealed record ReplayView
{
    public required Guid ReplayId { get; init; }
    public required ReplayStatus Status { get; init; }
    public required ReplayFilter Filter { get; init; }

    /// <summary>Absent where each event goes to the topic of its type.</summary>
    public IReadOnlyList<string>? TargetTopics { get; init; }

    public required bool DryRun { get; init; }

    /// <summary>Absent for as fast as possible.</summary>
    public double? Speed { get; init; }

    public required bool Reexecute { get; init; }
    public required ReplayCounts Counts { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>Who started, paused, resumed or cancelled it last.</summary>
    public string? ChangedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the event happened that was replayed last.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Why it failed; resume it once that is put right.</summary>
    public string? Error { get; init; }

    internal static ReplayView Of(ReplaySession session) => new()
    {
        ReplayId = session.Id,
        Status = session.Status,
        Filter = ReplayFilter.Of(session.Plan.Filter),
        TargetTopics = session.Plan.Topics,
        DryRun = session.Plan.DryRun,
        Speed = session.Plan.Speed,
        Reexecute = session.Plan.Reexecute,
        Counts = ReplayCounts.Of(session),
        CreatedBy = session.CreatedBy,
        ChangedBy = session.ChangedBy,
        CreatedAt = session.CreatedAt,
        StartedAt = session.StartedAt,
        FinishedAt = session.FinishedAt,
        UpdatedAt = session.UpdatedAt,
        LastEventAt = session.LastEventAt,
        Error = session.Error,
    };
}

/// <param name="Total">Events that matched when the session was created.</param>
/// <param name="Replayed">Events published, or only looked at by a dry run.</param>
/// <param name="Reexecuted">Events whose script was accepted once more.</param>
/// <param name="ActiveSeconds">How long replayers have worked on it, without pauses.</param>
/// <param name="EventsPerSecond">Over that time; absent before it.</param>
public sealed record ReplayCounts(
    long Total, long Replayed, long Reexecuted, long Remaining, double ActiveSeconds, double? EventsPerSecond)
{
    internal static ReplayCounts Of(ReplaySession session) => new(
        session.Total,
        session.Replayed,
        session.Reexecuted,
        Math.Max(0, session.Total - session.Done),
        session.Active.TotalSeconds,
        session.Active > TimeSpan.Zero ? session.Done / session.Active.TotalSeconds : null);
}

/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record ReplayList(IReadOnlyList<ReplayView> Items, string? NextCursor);
