using System.Security.Claims;
using Integr8sCode.Errors;
using Integr8sCode.Events;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.DeadLetters;

/// <summary>When dead letters are tried again, by topic. A change holds at once, for every process.</summary>
internal static class RetryPolicyEndpoints
{
    public static void MapRetryPolicies(this IEndpointRouteBuilder group)
    {
        group.MapGet("/policies", ListAsync).WithName("ListRetryPolicies").WithSummary("The policy of each topic.");
        group.MapGet("/policies/{topic}", GetAsync).WithName("GetRetryPolicy").WithSummary("The policy of one topic.");
        group.MapPut("/policies/{topic}", PutAsync).WithName("PutRetryPolicy")
            .WithSummary("Changes the policy whose version was read; 409 where somebody else has changed it meanwhile.");
    }

    private static async Task<Ok<RetryPolicyList>> ListAsync(IRetryPolicyStore policies, CancellationToken cancellationToken)
    {
        var saved = (await policies.ListAsync(cancellationToken)).ToDictionary(policy => policy.Topic);
        return TypedResults.Ok(new RetryPolicyList(
            [.. Topics.OfEvents.Select(topic => RetryPolicyView.Of(saved.GetValueOrDefault(topic) ?? RetryPolicy.DefaultOf(topic)))]));
    }

    private static async Task<Results<Ok<RetryPolicyView>, NotFound>> GetAsync(
        string topic, IRetryPolicyStore policies, CancellationToken cancellationToken) => Topics.OfEvents.Contains(topic)
            ? TypedResults.Ok(RetryPolicyView.Of(await policies.GetAsync(topic, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<RetryPolicyView>, NotFound, ProblemHttpResult>> PutAsync(
        string topic, PutRetryPolicy put, ClaimsPrincipal user, IRetryPolicyStore policies, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Topics.OfEvents.Contains(topic))
        {
            return TypedResults.NotFound();
        }

        var errors = put.Validate();
        if (errors.Count > 0)
        {
            return Unprocessable.Of(errors);
        }

        var policy = put.ToPolicy(topic) with { UpdatedBy = user.Id(), UpdatedAt = clock.GetUtcNow() };
        var current = await policies.GetAsync(topic, cancellationToken);
        return current.Version == put.Version && await policies.SaveAsync(policy, cancellationToken)
            ? TypedResults.Ok(RetryPolicyView.Of(policy))
            : TypedResults.Problem(
                $"The policy is no longer at version {put.Version}: read it again.", statusCode: StatusCodes.Status409Conflict);
    }
}

public sealed record RetryPolicyList(IReadOnlyList<RetryPolicyView> Items);

/// <param name="Version">0 for a default; pass it with a change.</param>
public sealed record RetryPolicyView(
    string Topic, long Version, RetryStrategy Strategy, int MaxRetries, double BaseDelaySeconds, double MaxDelaySeconds, double Multiplier,
    double MaxAgeSeconds, DateTimeOffset? UpdatedAt, string? UpdatedBy)
{
    internal static RetryPolicyView Of(RetryPolicy policy) => new(
        policy.Topic, policy.Version, policy.Strategy, policy.MaxRetries, policy.BaseDelay.TotalSeconds, policy.MaxDelay.TotalSeconds,
        policy.Multiplier, policy.MaxAge.TotalSeconds, policy.UpdatedAt, policy.UpdatedBy);
}

/// <param name="Version">The version that the change is made to.</param>
/// <param name="MaxRetries">From 0 to 100; 5 where it is not given.</param>
/// <param name="BaseDelaySeconds">From 0.1 s to 7 days; 60 s where it is not given.</param>
/// <param name="MaxDelaySeconds">From the base delay to 7 days; 3600 s, or the base delay if that is more, where it is not given.</param>
/// <param name="Multiplier">From 1 to 100; 2 where it is not given.</param>
/// <param name="MaxAgeSeconds">From 1 s to 365 days; 7 days where it is not given.</param>
public sealed record PutRetryPolicy(
    long? Version, RetryStrategy? Strategy, int MaxRetries = 5, double BaseDelaySeconds = 60, double? MaxDelaySeconds = null,
    double Multiplier = 2, double MaxAgeSeconds = 7 * PutRetryPolicy.Day)
{
    private const double Day = 24 * 60 * 60;

    internal Dictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Require(Version is >= 0, "version", "The version that was read; 0 for a default.");
        Require(Strategy is not null, "strategy", "immediate, fixed_interval, exponential_backoff, scheduled or manual.");
        Require(MaxRetries is >= 0 and <= 100, "max_retries", "From 0 to 100.");
        Require(BaseDelaySeconds is >= 0.1 and <= 7 * Day, "base_delay_seconds", $"From 0.1 to {7 * Day}.");
        Require(MaxDelay >= BaseDelaySeconds && MaxDelay <= 7 * Day, "max_delay_seconds", $"From base_delay_seconds to {7 * Day}.");
        Require(Multiplier is >= 1 and <= 100, "multiplier", "From 1 to 100.");
        Require(MaxAgeSeconds is >= 1 and <= 365 * Day, "max_age_seconds", $"From 1 to {365 * Day}.");
        return errors;

        void Require(bool holds, string field, string expected)
        {
            if (!holds)
            {
                errors[field] = [expected];
            }
        }
    }

    internal RetryPolicy ToPolicy(string topic) => new()
    {
        Topic = topic,
        Version = Version!.Value + 1,
        Strategy = Strategy!.Value,
        MaxRetries = MaxRetries,
        BaseDelay = TimeSpan.FromSeconds(BaseDelaySeconds),
        MaxDelay = TimeSpan.FromSeconds(MaxDelay),
        Multiplier = Multiplier,
        MaxAge = TimeSpan.FromSeconds(MaxAgeSeconds),
    };

    private double MaxDelay => MaxDelaySeconds ?? Math.Max(3600, BaseDelaySeconds);
}
