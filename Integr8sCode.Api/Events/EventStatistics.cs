namespace Integr8sCode.Events;

/// <summary>How many events were recorded from one time to another.</summary>
public sealed record EventStatistics(
    DateTimeOffset From,
    DateTimeOffset To,
    long Total,
    IReadOnlyDictionary<string, long> ByType,
    IReadOnlyDictionary<string, long> ByService,
    IReadOnlyList<HourlyEvents> ByHour)
{
    internal static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);
    internal static readonly TimeSpan MaxRange = TimeSpan.FromDays(31);

    internal static EventStatistics Of(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<EventCount> counts) => new(
        from,
        to,
        counts.Sum(count => count.Count),
        Sum(counts, count => count.Type),
        Sum(counts, count => count.Service),
        [.. counts.GroupBy(count => count.Hour).Select(hour => new HourlyEvents(hour.Key, hour.Sum(count => count.Count)))]);

    private static Dictionary<string, long> Sum(IEnumerable<EventCount> counts, Func<EventCount, string> by) => counts
        .GroupBy(by)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
}

/// <param name="Hour">Its start, UTC; hours without events are absent.</param>
public sealed record HourlyEvents(DateTimeOffset Hour, long Count);
