namespace Integr8sCode.Events;

/// <summary>How many events of one type one service recorded in one hour; sums of these answer every other count.</summary>
/// <param name="Hour">Its start, UTC.</param>
public sealed record EventCount(DateTimeOffset Hour, string Service, string Type, long Count);
