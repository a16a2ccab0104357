namespace Integr8sCode.Sqlite;

/// <summary>Where an event stands in the order of recording.</summary>
internal sealed record RecordingPlace(DateTimeOffset RecordedAt, long Sequence, long Position);
