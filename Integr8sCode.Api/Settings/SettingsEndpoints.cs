using System.Diagnostics;
using System.Security.Claims;
using Integr8sCode.Errors;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Settings;

/// <summary>What admins change while the platform runs. Every process goes by a change within seconds.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin/settings").WithTags("Settings").RequireAdmin();
        group.MapGet("/", GetAsync).WithName("GetSettings").WithSummary("The settings, their version, and who made it.");
        group.MapPut("/", PutAsync).WithName("PutSettings")
            .WithSummary("Replaces the settings of the given version; all processes go by it within seconds.")
            .WithDescription("What is absent is as the processes were configured: a body with the version alone resets everything.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<PlatformSettings>> GetAsync(ISettingsStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.FindAsync(cancellationToken) ?? PlatformSettings.Default);

    private static async Task<Results<Ok<PlatformSettings>, ProblemHttpResult>> PutAsync(
        PutSettings put, ClaimsPrincipal admin, ISettingsStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = put.Validate();
        if (errors.Count > 0)
        {
            return Unprocessable.Of(errors);
        }

        var settings = put.ToSettings(admin.Id(), clock.GetUtcNow());
        Activity.Current?.SetTag(SpanAttributes.SettingsVersion, settings.Version);

        return await store.SaveAsync(settings, cancellationToken)
            ? TypedResults.Ok(settings)
            : TypedResults.Problem("The settings have another version now; read them again.", statusCode: StatusCodes.Status409Conflict);
    }
}
