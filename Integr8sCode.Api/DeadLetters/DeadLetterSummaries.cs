using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.DeadLetters;

/// <summary>Dead letters counted: as a whole, by topic, and by what went wrong.</summary>
internal static class DeadLetterSummaries
{
    private const int MostGroups = 200;

    public static void MapDeadLetterSummaries(this IEndpointRouteBuilder group)
    {
        group.MapGet("/stats", GetStatsAsync).WithName("GetDeadLetterStats").WithSummary("How many, by status, topic and event type, and how old.");
        group.MapGet("/topics", ListTopicsAsync).WithName("ListDeadLetterTopics").WithSummary("Each topic's letters in one line.");
        group.MapGet("/groups", ListGroupsAsync).WithName("ListDeadLetterGroups")
            .WithSummary("Letters that failed alike: same exception, thrown in the same place. The largest groups first.");
    }

    private static async Task<Ok<DeadLetterStats>> GetStatsAsync(IDeadLetterStore letters, TimeProvider clock, CancellationToken cancellationToken)
    {
        var counts = await letters.CountAsync(new(), cancellationToken);
        return TypedResults.Ok(new DeadLetterStats(
            counts.Sum(count => count.Count),
            CountBy(counts, count => SnakeCase.NameOf(count.Status)),
            CountBy(counts, count => count.Topic),
            CountBy(counts, count => count.EventType ?? "unknown"),
            DeadLetterAges.Of([.. counts.Where(count => !DeadLetter.IsClosed(count.Status))], clock.GetUtcNow())));
    }

    private static async Task<Ok<DeadLetterTopics>> ListTopicsAsync(IDeadLetterStore letters, CancellationToken cancellationToken)
    {
        var counts = await letters.CountAsync(new(), cancellationToken);
        return TypedResults.Ok(new DeadLetterTopics(
        [
            .. counts.GroupBy(count => count.Topic).OrderBy(topic => topic.Key, StringComparer.Ordinal).Select(topic => new DeadLetterTopic(
                topic.Key,
                topic.Sum(count => count.Count),
                CountBy(topic, count => SnakeCase.NameOf(count.Status)),
                topic.Min(count => count.Oldest),
                topic.Max(count => count.Newest),
                (double)topic.Sum(count => count.Retries) / topic.Sum(count => count.Count),
                topic.Max(count => count.MostRetries))),
        ]));
    }

    private static async Task<Ok<DeadLetterGroups>> ListGroupsAsync(IDeadLetterStore letters, CancellationToken cancellationToken)
    {
        var counts = await letters.CountAsync(new(), cancellationToken);
        var groups = counts.GroupBy(count => count.Fingerprint).Select(alike => new DeadLetterGroup(
            alike.Key,
            alike.First().ExceptionType,
            alike.First().TopFrame,
            alike.Sum(count => count.Count),
            CountBy(alike, count => SnakeCase.NameOf(count.Status)),
            [.. alike.Select(count => count.Topic).Distinct().Order(StringComparer.Ordinal)],
            [.. alike.Select(count => count.ConsumerGroup).Distinct().Order(StringComparer.Ordinal)],
            alike.Min(count => count.Oldest),
            alike.Max(count => count.Newest)));
        return TypedResults.Ok(new DeadLetterGroups([.. groups.OrderByDescending(group => group.Count).Take(MostGroups)]));
    }

    internal static Dictionary<string, long> CountBy(IEnumerable<DeadLetterCount> counts, Func<DeadLetterCount, string> key) => counts
        .GroupBy(key)
        .OrderBy(alike => alike.Key, StringComparer.Ordinal)
        .ToDictionary(alike => alike.Key, alike => alike.Sum(count => count.Count));
}

/// <param name="Ages">Of the letters that are not closed.</param>
public sealed record DeadLetterStats(
    long Total, IReadOnlyDictionary<string, long> ByStatus, IReadOnlyDictionary<string, long> ByTopic,
    IReadOnlyDictionary<string, long> ByEventType, DeadLetterAges Ages);

/// <param name="OldestSeconds">Since the first failure of the oldest; absent where there is none.</param>
/// <param name="NewestSeconds">Since the last failure of the newest.</param>
public sealed record DeadLetterAges(long Open, double? OldestSeconds, double? NewestSeconds)
{
    internal static DeadLetterAges Of(IReadOnlyList<DeadLetterCount> open, DateTimeOffset now) => open is []
        ? new(0, null, null)
        : new(open.Sum(count => count.Count), (now - open.Min(count => count.Oldest)).TotalSeconds, (now - open.Max(count => count.Newest)).TotalSeconds);
}

public sealed record DeadLetterTopics(IReadOnlyList<DeadLetterTopic> Items);

public sealed record DeadLetterTopic(
    string Topic, long Total, IReadOnlyDictionary<string, long> ByStatus, DateTimeOffset Oldest, DateTimeOffset Newest,
    double AverageRetries, int MostRetries);

public sealed record DeadLetterGroups(IReadOnlyList<DeadLetterGroup> Items);

public sealed record DeadLetterGroup(
    string Fingerprint, string ExceptionType, string? TopFrame, long Count, IReadOnlyDictionary<string, long> ByStatus,
    IReadOnlyList<string> Topics, IReadOnlyList<string> ConsumerGroups, DateTimeOffset Oldest, DateTimeOffset Newest);
