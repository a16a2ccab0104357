namespace Integr8sCode.RateLimits;

/// <summary>Counts the requests of the last window one by one, so that no window of any start has more than the rule allows.</summary>
internal static class SlidingWindow
{
    public static (RateLimitCounter Counter, RateLimitDecision Decision) Take(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        var before = Look(counter, rule, now);
        if (!before.Allowed)
        {
            return (counter, before);
        }

        var after = new RateLimitCounter([.. Counted(counter, rule, now), now]);
        return (after, Look(after, rule, now) with { Allowed = true });
    }

    public static RateLimitDecision Look(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        List<DateTimeOffset> hits = [.. Counted(counter, rule, now)];
        var left = rule.Requests - hits.Count;
        if (left > 0)
        {
            return new(true, rule.Requests, left, hits.Count == 0 ? TimeSpan.Zero : hits[0] + rule.Window - now);
        }

        // Where the rule allows less than it did, more than the oldest one has to go first.
        return new(false, rule.Requests, 0, hits[-left] + rule.Window - now);
    }

    private static IEnumerable<DateTimeOffset> Counted(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now) =>
        counter.Hits.Where(hit => hit > now - rule.Window);
}
