using Integr8sCode.Errors;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.RateLimits;

/// <summary>The rules, for admins. A change counts in every process within <see cref="RateLimitDirectory.Memory"/>.</summary>
internal static class RateLimitEndpoints
{
    public static void MapRateLimits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin/rate-limits").WithTags("Rate limits").RequireAdmin();
        group.MapGet("/", GetAsync).WithName("GetRateLimits").WithSummary("The rules, and their version.");
        group.MapPut("/", PutAsync).WithName("PutRateLimits")
            .WithSummary("Replaces the rules of the given version; all processes see it within seconds.")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapUserRateLimits();
    }

    private static async Task<Ok<RateLimitRules>> GetAsync(RateLimitDirectory rules, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rules.ReadRulesAsync(cancellationToken));

    private static async Task<Results<Ok<RateLimitRules>, ProblemHttpResult>> PutAsync(
        PutRateLimits put, IRateLimitStore store, CancellationToken cancellationToken)
    {
        var errors = put.Validate();
        if (errors.Count > 0)
        {
            return Unprocessable.Of(errors);
        }

        var rules = new RateLimitRules(put.Version!.Value + 1, put.Enabled, [.. put.Rules!.OfType<RateLimitRule>()]);

        return await store.SaveRulesAsync(rules, cancellationToken)
            ? TypedResults.Ok(rules)
            : TypedResults.Problem("The rules have another version now; read them again.", statusCode: StatusCodes.Status409Conflict);
    }
}

/// <summary>Rules to replace the present ones.</summary>
/// <param name="Version">The version that was read.</param>
/// <param name="Rules">All rules: at most 50.</param>
/// <param name="Enabled">False limits nothing. Default true.</param>
public sealed record PutRateLimits(long? Version, IReadOnlyList<RateLimitRule?>? Rules, bool Enabled = true)
{
    internal Dictionary<string, string[]> Validate()
    {
        var errors = Rules is null ? new() { ["rules"] = ["A list of rules."] } : RateLimitValidation.Validate(Rules);
        if (Version is not (>= 0 and < long.MaxValue))
        {
            errors["version"] = ["The version that GET tells."];
        }

        return errors;
    }
}
