using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Users;

/// <summary>Who the key of the request belongs to.</summary>
internal static class CallerEndpoint
{
    public static void MapCaller(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/me", Get)
        .WithTags("Users")
        .WithName("GetCaller")
        .WithSummary("Who the key belongs to, and what it may do.");

    private static Ok<CallerView> Get(ClaimsPrincipal user) =>
        TypedResults.Ok(new CallerView(user.Id(), user.IsAdmin() ? UserRole.Admin : UserRole.User));
}

public sealed record CallerView(string UserId, UserRole Role);
