using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Replays;

/// <summary>How this process works on replay sessions.</summary>
public sealed class ReplayOptions
{
    public const string Section = "Replays";

    /// <summary>Sessions worked on at once; 4 by default.</summary>
    [Range(1, 64)]
    public int MaxSessions { get; set; } = 4;

    /// <summary>How often to look for a session that nobody works on; 200 ms by default. Each look takes one at most, so that others get some.</summary>
    [Range(typeof(TimeSpan), "00:00:00.02", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long after its last sign of life a replayer counts as dead; 10 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one <c>replay.session</c> span lasts at most, 1 min by default: then the session is free for any replayer. A span that
    /// is never ended is never seen.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Slice { get; set; } = TimeSpan.FromMinutes(1);
}
