using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

/// <summary>Lets a request pass to its route, or answers 429 naming the rule.</summary>
internal sealed class RateLimitMiddleware(
    RequestDelegate next, RateLimitDirectory rules, RateLimiter limiter, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private readonly bool _enabled = options.Value.Enabled;

    public async Task InvokeAsync(HttpContext http, IProblemDetailsService problems)
    {
        if (!_enabled || RateLimitGroup.Of(http.GetEndpoint()) is not { } group
            || await rules.FindRuleAsync(group, RateLimitSubject.UserOf(http), http.RequestAborted) is not { } rule
            || await limiter.TakeAsync(RateLimitSubject.Of(http), rule, http.RequestAborted) is not { } decision)
        {
            await next(http);
            return;
        }

        // At the start of the response, because the exception handler clears headers that were set before.
        http.Response.OnStarting(() => TellAsync(http.Response, decision, clock.GetUtcNow()));
        await (decision.Allowed ? next(http) : RejectAsync(http, problems, rule, decision));
    }

    private static Task TellAsync(HttpResponse response, RateLimitDecision decision, DateTimeOffset now)
    {
        Set("RateLimit-Limit", decision.Limit);
        Set("RateLimit-Remaining", decision.Remaining);
        Set("RateLimit-Reset", decision.ResetSeconds);
        Set("X-RateLimit-Limit", decision.Limit);
        Set("X-RateLimit-Remaining", decision.Remaining);
        Set("X-RateLimit-Reset", now.ToUnixTimeSeconds() + decision.ResetSeconds);
        return Task.CompletedTask;

        void Set(string header, long value) => response.Headers[header] = value.ToString(CultureInfo.InvariantCulture);
    }

    private static Task RejectAsync(HttpContext http, IProblemDetailsService problems, RateLimitRule rule, RateLimitDecision decision)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = decision.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        var problem = new ProblemDetails
        {
            Status = StatusCodes.Status429TooManyRequests,
            Detail = $"The rule '{rule.Name}' allows {decision.Limit} requests in {rule.WindowSeconds} s. Try again in {decision.ResetSeconds} s.",
        };
        problem.Extensions["rule"] = rule.Name;
        problem.Extensions["limit"] = decision.Limit;
        problem.Extensions["window_seconds"] = rule.WindowSeconds;
        problem.Extensions["retry_after_seconds"] = decision.ResetSeconds;

        return problems.WriteAsync(new() { HttpContext = http, ProblemDetails = problem }).AsTask();
    }
}
