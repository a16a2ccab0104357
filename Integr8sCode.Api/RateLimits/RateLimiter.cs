using System.Diagnostics;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

/// <summary>Asks the store whether a request may pass, and tells the trace. A store that does not answer lets it pass.</summary>
internal sealed class RateLimiter(
    IRateLimitStore store, IOptions<RateLimitOptions> options, RateLimitMetrics metrics, TimeProvider clock, ILogger<RateLimiter> logger)
{
    private readonly StoreOutage _outage = new(logger, "rate limits fail open, so every request passes");

    /// <returns>The decision; <see langword="null"/> where there is none.</returns>
    public async Task<RateLimitDecision?> TakeAsync(string subject, RateLimitRule rule, CancellationToken cancellationToken)
    {
        var server = Activity.Current;
        using var span = Telemetry.Source.StartActivity(SpanNames.RateLimitCheck);
        var started = clock.GetTimestamp();
        try
        {
            var decision = await store.TakeAsync(subject, rule, clock.GetUtcNow(), cancellationToken)
                .WaitAsync(options.Value.Timeout, clock, cancellationToken);
            metrics.Decided(rule, decision, clock.GetElapsedTime(started));
            Describe(span, rule, decision);
            Describe(server, rule, decision);
            _outage.IsOver();
            return decision;
        }
        catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
        {
            metrics.FailedOpen(rule);
            span?.SetStatus(ActivityStatusCode.Error, error.Message).SetTag(SpanAttributes.ErrorType, error.GetType().FullName);
            Fail(span, server, rule);
            _outage.Goes(error);
            return null;
        }
    }

    private static void Describe(Activity? span, RateLimitRule rule, RateLimitDecision decision)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(SpanAttributes.RateLimitAllowed, decision.Allowed)
                .SetTag(SpanAttributes.RateLimitLimit, decision.Limit)
                .SetTag(SpanAttributes.RateLimitRemaining, decision.Remaining)
                .SetTag(SpanAttributes.RateLimitAlgorithm, rule.Algorithm is RateLimitAlgorithm.TokenBucket ? "token_bucket" : "sliding_window")
                .SetTag(SpanAttributes.RateLimitRule, rule.Name)
                .SetTag(SpanAttributes.RateLimitResetSeconds, decision.ResetSeconds);
        }
    }

    private static void Fail(Activity? span, Activity? server, RateLimitRule rule)
    {
        foreach (var told in (Activity?[])[span, server])
        {
            told?.SetTag(SpanAttributes.RateLimitFailOpen, true).SetTag(SpanAttributes.RateLimitRule, rule.Name);
        }
    }
}
