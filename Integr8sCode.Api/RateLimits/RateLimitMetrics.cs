using System.Diagnostics.Metrics;

namespace Integr8sCode.RateLimits;

/// <summary>What becomes of requests to limited routes.</summary>
internal sealed class RateLimitMetrics
{
    private readonly Counter<long> _checks;
    private readonly Histogram<double> _duration;

    public RateLimitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _checks = meter.CreateCounter<long>("rate_limit.checks", "{request}", "Requests by what their rate limit decided.");
        _duration = meter.CreateHistogram<double>("rate_limit.check.duration", "s", "Duration of a decision.");
    }

    public void Decided(RateLimitRule rule, RateLimitDecision decision, TimeSpan duration)
    {
        Count(rule, decision.Allowed ? "allowed" : "rejected");
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(SpanAttributes.RateLimitRule, rule.Name));
    }

    /// <summary>The store gave no decision, so the request passed.</summary>
    public void FailedOpen(RateLimitRule rule) => Count(rule, "failed_open");

    private void Count(RateLimitRule rule, string outcome) =>
        _checks.Add(1, new(SpanAttributes.RateLimitRule, rule.Name), new("rate_limit.outcome", outcome));
}
