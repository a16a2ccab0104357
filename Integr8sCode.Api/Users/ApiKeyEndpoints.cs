using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Users;

/// <summary>A user's keys, below the user's own route.</summary>
internal static class ApiKeyEndpoints
{
    private const int MaxKeys = 20;
    private const int MaxNameLength = 100;
    private const int MaxOverlapSeconds = 30 * 24 * 3600;

    public static void MapApiKeys(this IEndpointRouteBuilder users)
    {
        users.MapGet("/{id}/keys", ListAsync).WithName("ListApiKeys").WithSummary("The user's keys, without the keys themselves.");
        users.MapPost("/{id}/keys", CreateAsync).WithName("CreateApiKey").WithSummary("Makes a key. This answer is the only one that shows it.");
        users.MapPost("/{id}/keys/{key_id}/rotate", RotateAsync).WithName("RotateApiKey")
            .WithSummary("Makes a key in place of another, which works on for overlap_seconds.");
        users.MapDelete("/{id}/keys/{key_id}", DeleteAsync).WithName("DeleteApiKey").WithSummary("Deletes a key; it is refused within seconds.");
    }

    private static async Task<Results<Ok<ApiKeyList>, NotFound>> ListAsync(
        string id, IUserStore users, IApiKeyStore keys, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(new ApiKeyList([.. (await keys.ListAsync(id, cancellationToken)).Select(ApiKeyView.Of)]));

    private static async Task<Results<Created<ApiKeyView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        string id, CreateApiKey creation, IUserStore users, IApiKeyStore keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var errors = creation.Validate(now, MaxNameLength);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (await users.FindAsync(id, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        if ((await keys.ListAsync(id, cancellationToken)).Count >= MaxKeys)
        {
            return TypedResults.Problem($"The user has {MaxKeys} keys; delete one first.", statusCode: StatusCodes.Status409Conflict);
        }

        return await SaveAsync(id, creation.Name, creation.ExpiresAt, keys, now, cancellationToken);
    }

    private static async Task<Results<Created<ApiKeyView>, NotFound, ValidationProblem>> RotateAsync(
        string id, [FromRoute(Name = "key_id")] Guid keyId, RotateApiKey? rotation, IApiKeyStore keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        var overlap = rotation?.OverlapSeconds ?? 0;
        if (overlap is < 0 or > MaxOverlapSeconds)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["overlap_seconds"] = [$"From 0 to {MaxOverlapSeconds}."] });
        }

        if ((await keys.ListAsync(id, cancellationToken)).FirstOrDefault(key => key.Id == keyId) is not { } old)
        {
            return TypedResults.NotFound();
        }

        var now = clock.GetUtcNow();
        var created = await SaveAsync(id, old.Name, now + (old.ExpiresAt - old.CreatedAt), keys, now, cancellationToken);
        await keys.ExpireAsync(id, keyId, now.AddSeconds(overlap), cancellationToken);

        return created;
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        string id, [FromRoute(Name = "key_id")] Guid keyId, IApiKeyStore keys, CancellationToken cancellationToken) =>
        await keys.DeleteAsync(id, keyId, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Created<ApiKeyView>> SaveAsync(
        string userId, string? name, DateTimeOffset? expiresAt, IApiKeyStore keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = ApiKey.Generate();
        var kept = ApiKey.Of(key, userId, now) with { Name = name, ExpiresAt = expiresAt?.ToUniversalTime() };
        await keys.SaveAsync(kept, cancellationToken);

        return TypedResults.Created($"{UserEndpoints.Route}/{userId}/keys", ApiKeyView.Of(kept) with { Key = key });
    }
}

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for: at most 100 characters.</param>
/// <param name="ExpiresAt">From when on it is refused, a time to come; never when absent.</param>
public sealed record CreateApiKey(string? Name = null, DateTimeOffset? ExpiresAt = null)
{
    internal Dictionary<string, string[]> Validate(DateTimeOffset now, int maxNameLength)
    {
        var errors = new Dictionary<string, string[]>();
        if (Name?.Length > maxNameLength)
        {
            errors["name"] = [$"At most {maxNameLength} characters."];
        }

        if (ExpiresAt <= now)
        {
            errors["expires_at"] = ["A time to come."];
        }

        return errors;
    }
}

/// <param name="OverlapSeconds">How long the old key works on: 0, the default, to 2592000 (30 days).</param>
public sealed record RotateApiKey(int? OverlapSeconds = null);
