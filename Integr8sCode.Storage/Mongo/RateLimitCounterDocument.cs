using Integr8sCode.RateLimits;

namespace Integr8sCode.Mongo;

/// <param name="Hits">UTC ticks, as is <paramref name="At"/>.</param>
/// <param name="Allowed">Whether the last request passed.</param>
/// <param name="ExpiresAt">As a date: what the TTL index goes by.</param>
internal sealed record RateLimitCounterDocument(
    string Id, string Subject, string Counter, long[]? Hits, double? Tokens, long? At, bool Allowed, DateTime ExpiresAt)
{
    public static string IdOf(string subject, RateLimitRule rule) => $"{subject}/{rule.CounterName}";

    public RateLimitCounter ToCounter() => new(
        [.. (Hits ?? []).Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))],
        Tokens ?? 0,
        At is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null);
}
