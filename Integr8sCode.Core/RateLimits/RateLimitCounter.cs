namespace Integr8sCode.RateLimits;

/// <summary>What a subject has used of a rule, between two of its requests.</summary>
/// <param name="Hits">Of a sliding window: when requests passed, oldest first.</param>
/// <param name="Tokens">Of a bucket: how many requests were left at <paramref name="At"/>; may have a fraction.</param>
/// <param name="At">Of a bucket: when it was last used; <see langword="null"/> is never, so it is full.</param>
public sealed record RateLimitCounter(IReadOnlyList<DateTimeOffset> Hits, double Tokens = 0, DateTimeOffset? At = null)
{
    public static RateLimitCounter Unused { get; } = new([]);

    /// <summary>Takes one request, unless none is left: a rejected one changes nothing, so it makes nobody wait longer.</summary>
    public (RateLimitCounter Counter, RateLimitDecision Decision) Take(RateLimitRule rule, DateTimeOffset now) =>
        rule.Algorithm is RateLimitAlgorithm.TokenBucket ? TokenBucket.Take(this, rule, now) : SlidingWindow.Take(this, rule, now);

    /// <summary>What is left, without taking anything; allowed is what the next request would be.</summary>
    public RateLimitDecision Look(RateLimitRule rule, DateTimeOffset now) =>
        rule.Algorithm is RateLimitAlgorithm.TokenBucket ? TokenBucket.Look(this, rule, now) : SlidingWindow.Look(this, rule, now);
}
