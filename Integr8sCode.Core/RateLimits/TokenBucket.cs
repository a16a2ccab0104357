namespace Integr8sCode.RateLimits;

/// <summary>A bucket that fills evenly and holds a burst; every request takes one token out.</summary>
internal static class TokenBucket
{
    /// <summary>Sums of fractions of seconds miss a whole token by far less than this.</summary>
    private const double Tolerance = 1e-6;

    public static (RateLimitCounter Counter, RateLimitDecision Decision) Take(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        var tokens = TokensAt(counter, rule, now);
        if (!IsOneLeft(tokens))
        {
            return (counter, Look(counter, rule, now));
        }

        var after = new RateLimitCounter([], Math.Max(0, tokens - 1), counter.At > now ? counter.At : now);
        return (after, Look(after, rule, now) with { Allowed = true });
    }

    public static RateLimitDecision Look(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        var tokens = TokensAt(counter, rule, now);
        var whole = Math.Floor(tokens + Tolerance);
        var reset = whole >= rule.Capacity ? 0 : (whole + 1 - tokens) / rule.Requests * rule.WindowSeconds;
        return new(IsOneLeft(tokens), rule.Capacity, (int)whole, TimeSpan.FromSeconds(reset));
    }

    private static bool IsOneLeft(double tokens) => tokens >= 1 - Tolerance;

    private static double TokensAt(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        if (counter.At is not { } at)
        {
            return rule.Capacity;
        }

        var elapsed = Math.Max(0, (now - at).TotalSeconds); // another process's clock may be a little ahead
        return Math.Min(rule.Capacity, counter.Tokens + (elapsed * rule.Requests / rule.WindowSeconds));
    }
}
