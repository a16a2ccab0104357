using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Users;

/// <summary>Who may call the API: for admins. Changes are seen by every process within <see cref="ApiKeyDirectory.Memory"/>.</summary>
internal static class UserEndpoints
{
    public const string Route = "/api/v1/admin/users";

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/users/me", GetMeAsync).WithTags("Users").WithName("GetMe").WithSummary("Whose key this is.");

        var group = routes.MapGroup(Route).WithTags("Users").RequireAdmin();
        group.MapPost("/", CreateAsync).WithName("CreateUser").WithSummary("Adds a user, who has no key yet.");
        group.MapGet("/", ListAsync).WithName("ListUsers").WithSummary("All users, in the order of their ids.");
        group.MapGet("/{id}", GetAsync).WithName("GetUser").WithSummary("One user.");
        group.MapPatch("/{id}", ChangeAsync).WithName("ChangeUser")
            .WithSummary("Changes the role, disables or enables. A disabled user's keys are refused within seconds.");
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteUser").WithSummary("Deletes the user, their keys, limits, subscriptions and notifications; what they ran stays.");
        group.MapApiKeys();
    }

    private static async Task<Results<Ok<UserView>, NotFound>> GetMeAsync(
        ClaimsPrincipal caller, IUserStore users, CancellationToken cancellationToken) =>
        await users.FindAsync(caller.Id(), cancellationToken) is { } user ? TypedResults.Ok(UserView.Of(user)) : TypedResults.NotFound();

    private static async Task<Results<Created<UserView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateUser creation, IUserStore users, UserRemains remains, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = creation.Validate();
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var user = new User(creation.UserId!, creation.Role, IsDisabled: false, clock.GetUtcNow());
        if (!await users.AddAsync(user, cancellationToken))
        {
            return TypedResults.Problem($"There is a user '{user.Id}'.", statusCode: StatusCodes.Status409Conflict);
        }

        await remains.DeleteAsync(user.Id, cancellationToken); // of what was made while an earlier user of that id was deleted
        return TypedResults.Created($"{Route}/{user.Id}", UserView.Of(user));
    }

    private static async Task<Results<Ok<UserPage>, ValidationProblem>> ListAsync(
        [FromQuery] string? cursor, [FromQuery] string? limit, IUserStore users, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var size = errors.ReadLimit(limit);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var found = await users.ListAsync(cursor, size + 1, cancellationToken);
        var page = found.Take(size).ToList();

        return TypedResults.Ok(new UserPage([.. page.Select(UserView.Of)], found.Count > page.Count ? page[^1].Id : null));
    }

    private static async Task<Results<Ok<UserView>, NotFound>> GetAsync(string id, IUserStore users, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user ? TypedResults.Ok(UserView.Of(user)) : TypedResults.NotFound();

    private static async Task<Results<Ok<UserView>, NotFound, ProblemHttpResult>> ChangeAsync(
        string id, ChangeUser change, ClaimsPrincipal caller, IUserStore users, CancellationToken cancellationToken)
    {
        if (id == caller.Id() && (change.Disabled is true || change.Role is UserRole.User))
        {
            return LockOut();
        }

        return await users.ChangeAsync(id, new(change.Role, change.Disabled), cancellationToken) is { } user
            ? TypedResults.Ok(UserView.Of(user))
            : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        string id, ClaimsPrincipal caller, IUserStore users, UserRemains remains, CancellationToken cancellationToken)
    {
        if (id == caller.Id())
        {
            return LockOut();
        }

        // Without the user no key of theirs works, whatever becomes of the second step.
        var deleted = await users.DeleteAsync(id, cancellationToken);
        await remains.DeleteAsync(id, cancellationToken);

        return deleted ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static ProblemHttpResult LockOut() =>
        TypedResults.Problem("Nobody can lock themselves out; ask another admin.", statusCode: StatusCodes.Status409Conflict);
}

/// <summary>What to change of a user; what is absent stays as it is.</summary>
/// <param name="Disabled">True refuses the user's keys, false lets them work again.</param>
public sealed record ChangeUser(UserRole? Role = null, bool? Disabled = null);
