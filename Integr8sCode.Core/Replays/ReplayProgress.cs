namespace Integr8sCode.Replays;

/// <summary>What a replayer did since it last told.</summary>
/// <param name="Cursor">The last event done.</param>
/// <param name="LastEventAt">When that happened.</param>
/// <param name="PacedAt">When the replay was due to come to it.</param>
/// <param name="Active">How long this took.</param>
/// <param name="Offsets">Offsets after its messages, by <c>topic/partition</c>.</param>
public sealed record ReplayProgress(
    long Replayed, long Reexecuted, Guid Cursor, DateTimeOffset LastEventAt, DateTimeOffset PacedAt, TimeSpan Active,
    IReadOnlyDictionary<string, long> Offsets);
