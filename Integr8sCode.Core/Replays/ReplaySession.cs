using System.Text.Json.Serialization;

namespace Integr8sCode.Replays;

/// <summary>One replay, and how far it has come. It changes only through the moves.</summary>
public sealed partial record ReplaySession
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required ReplayPlan Plan { get; init; }
    public required ReplayStatus Status { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who started, paused, resumed or cancelled it last.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>Events that the plan matched when the session was created.</summary>
    public required long Total { get; init; }

    /// <summary>Events done: published, or only looked at by a dry run.</summary>
    public long Replayed { get; init; }

    /// <summary>Events done by executing their script once more.</summary>
    public long Reexecuted { get; init; }

    /// <summary>The last event done; the session goes on after it.</summary>
    public Guid? Cursor { get; init; }

    /// <summary>When the event at the cursor happened.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>The moment of the replay that <see cref="LastEventAt"/> corresponds to; pauses of the session do not count.</summary>
    public DateTimeOffset? PacedAt { get; init; }

    /// <summary>How long replayers have worked on it.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>
    /// For each <c>topic/partition</c> the first offset that may hold a message which the cursor does not know of: where a replayer that
    /// takes over from a dead one looks for what that one published last.
    /// </summary>
    public IReadOnlyDictionary<string, long>? Offsets { get; init; }

    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public required long Version { get; init; }

    /// <summary>The replayer that works on it; absent once it has left it in good order.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Context of the <c>replay.session</c> span before the next one; first that of the request which started the session.</summary>
    public string? TraceParent { get; init; }

    [JsonIgnore]
    public long Done => Replayed + Reexecuted;

    /// <summary>From when on a replayer may claim it; <see langword="null"/> unless it runs.</summary>
    [JsonIgnore]
    public DateTimeOffset? FreeAt => Status is ReplayStatus.Running ? LeaseUntil ?? StartedAt : null;

    [JsonIgnore]
    public bool HasEnded => Status is ReplayStatus.Completed or ReplayStatus.Failed or ReplayStatus.Cancelled;
}
