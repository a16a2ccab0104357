namespace Integr8sCode.RateLimits;

/// <summary>A bucket that fills evenly and holds a burst; every request takes one token out.</summary>
internal static class TokenBucket
{
    /// <summary>Sums of fractions of seconds miss a whole token by far less than this.</summary>
    private const double Tolerance = 1e-6;

    public static (RateLimitCounter Counter, RateLimitDecision Decision) Take(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        var tokens = TokensAt(counter, rule, now);
        var allowed = tokens >= 1 - Tolerance;
        var left = allowed ? Math.Max(0, tokens - 1) : tokens;
        return (allowed ? new([], left, now) : counter, Decide(allowed, left, rule));
    }

    public static RateLimitDecision Look(RateLimitCounter counter, RateLimitRule rule, DateTimeOffset now)
    {
        var tokens = TokensAt(counter, rule, now);
        return Decide(tokens >= 1 - Tolerance, tokens, rule);
    }

    private static RateLimitDecision Decide(bool allowed, double tokens, RateLimitRule rule)
    {
        var whole = Math.Floor(tokens + Tolerance);
        var reset = whole >= rule.Capacity ? 0 : (whole + 1 - tokens) / rule.Requests * rule.WindowSeconds;
        return new(allowed, rule.Capacity, (int)whole, TimeSpan.FromSeconds(reset));
    }

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
