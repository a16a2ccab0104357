using Integr8sCode.Errors;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.RateLimits;

/// <summary>What is different for one user, and what they have used.</summary>
internal static class UserRateLimitEndpoints
{
    public static void MapUserRateLimits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup($"{UserEndpoints.Route}/{{id}}/rate-limits").WithTags("Rate limits").RequireAdmin();
        group.MapGet("/", GetAsync).WithName("GetUserRateLimits").WithSummary("The user's own rules, and what they have used of those that count for them.");
        group.MapPut("/", PutAsync).WithName("PutUserRateLimits").WithSummary("Replaces what is different for the user; {} is nothing.")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/reset", ResetAsync).WithName("ResetUserRateLimits").WithSummary("Forgets what the user has used.");
    }

    private static async Task<Results<Ok<UserRateLimitsView>, NotFound>> GetAsync(
        string id, IUserStore users, IRateLimitStore store, RateLimitDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(id, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        var limits = await directory.ReadUserAsync(id, cancellationToken);
        var rules = await directory.ReadRulesAsync(cancellationToken);
        var counters = await store.ListCountersAsync(RateLimitSubject.OfUser(id), cancellationToken);
        var usage = RateLimitGroups.All
            .Select(group => rules.FindFor(group, limits))
            .OfType<RateLimitRule>()
            .Distinct()
            .Select(rule => RateLimitUsageView.Of(rule, counters.GetValueOrDefault(rule.CounterName, RateLimitCounter.Unused), clock.GetUtcNow()));

        return TypedResults.Ok(UserRateLimitsView.Of(limits, [.. usage]));
    }

    private static async Task<Results<Ok<UserRateLimitsView>, NotFound, ProblemHttpResult>> PutAsync(
        string id, PutUserRateLimits put, IUserStore users, IRateLimitStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = put.Validate();
        if (errors.Count > 0)
        {
            return Unprocessable.Of(errors);
        }

        if (await users.FindAsync(id, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        var limits = new UserRateLimits(id, [.. put.Rules?.OfType<RateLimitRule>() ?? []], put.Multiplier, put.Bypass, put.Notes, clock.GetUtcNow());
        await store.SaveUserAsync(limits, cancellationToken);

        return TypedResults.Ok(UserRateLimitsView.Of(limits, usage: null));
    }

    private static async Task<Results<NoContent, NotFound>> ResetAsync(
        string id, IUserStore users, IRateLimitStore store, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(id, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        await store.ResetAsync(RateLimitSubject.OfUser(id), cancellationToken);

        return TypedResults.NoContent();
    }
}

/// <summary>What shall be different for a user.</summary>
/// <param name="Rules">Rules of their own, asked before those of the installation: at most 50.</param>
/// <param name="Multiplier">How many times the requests of the installation's rules they have, 0.01 to 1000. Default 1.</param>
/// <param name="Bypass">True limits nothing. Default false.</param>
/// <param name="Notes">Why: at most 1000 characters.</param>
public sealed record PutUserRateLimits(
    IReadOnlyList<RateLimitRule?>? Rules = null, double Multiplier = 1, bool Bypass = false, string? Notes = null)
{
    private const int MaxNotesLength = 1000;

    internal Dictionary<string, string[]> Validate()
    {
        var errors = RateLimitValidation.Validate(Rules ?? []);
        if (Multiplier is not (>= 0.01 and <= 1000))
        {
            errors["multiplier"] = ["From 0.01 to 1000."];
        }

        if (Notes?.Length > MaxNotesLength)
        {
            errors["notes"] = [$"At most {MaxNotesLength} characters."];
        }

        return errors;
    }
}

/// <param name="Bypass">True where an admin or the configuration says so.</param>
/// <param name="Usage">For each rule that counts for the user now.</param>
public sealed record UserRateLimitsView(
    string UserId, IReadOnlyList<RateLimitRule> Rules, double Multiplier, bool Bypass, string? Notes, DateTimeOffset? UpdatedAt,
    IReadOnlyList<RateLimitUsageView>? Usage)
{
    internal static UserRateLimitsView Of(UserRateLimits limits, IReadOnlyList<RateLimitUsageView>? usage) => new(
        limits.UserId, limits.Rules, limits.Multiplier, limits.Bypass, limits.Notes, limits.UpdatedAt, usage);
}

/// <param name="ResetSeconds">Until one more request is left than now.</param>
public sealed record RateLimitUsageView(
    string Rule, string Group, RateLimitAlgorithm Algorithm, int WindowSeconds, int Limit, int Remaining, int ResetSeconds)
{
    internal static RateLimitUsageView Of(RateLimitRule rule, RateLimitCounter counter, DateTimeOffset now)
    {
        var left = counter.Look(rule, now);
        return new(rule.Name, rule.Group, rule.Algorithm, rule.WindowSeconds, left.Limit, left.Remaining, left.ResetSeconds);
    }
}
