using System.Security.Claims;
using Integr8sCode.Errors;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.DeadLetters;

/// <summary>Messages that no handler could take: see them, fix them, try them again. For admins.</summary>
internal static class DeadLetterEndpoints
{
    public const string Path = "/api/v1/admin/dead-letters";

    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Dead letters")
            .RequireAdmin();
        group.MapGet("/", ListAsync).WithName("ListDeadLetters").WithSummary("Dead letters, newest first.");
        group.MapGet("/{id}", GetAsync).WithName("GetDeadLetter")
            .WithSummary("One letter with its message, byte for byte, its trace and everything that happened to it.");
        group.MapPost("/{id}/retry", RetryAsync).WithName("RetryDeadLetter").WithSummary("Tries the message again now, whatever the policy says.");
        group.MapPost("/{id}/edit-and-retry", EditAndRetryAsync).WithName("EditAndRetryDeadLetter")
            .WithSummary("Sends another event in its place: with a new event id, and the old one as its cause.");
        group.MapPost("/{id}/discard", DiscardAsync).WithName("DiscardDeadLetter").WithSummary("Gives the message up.");
        group.MapPost("/{id}/archive", ArchiveAsync).WithName("ArchiveDeadLetter").WithSummary("Puts a dead or resolved letter away.");
        group.MapDeadLetterSummaries();
        group.MapDeadLetterBatches();
        group.MapRetryPolicies();
    }

    private static async Task<Results<Ok<DeadLetterPage>, ValidationProblem>> ListAsync(
        [AsParameters] DeadLetterQuery query, IDeadLetterStore letters, DeadLetterLinker linker, CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var filter);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var found = await letters.ListAsync(filter with { Limit = filter.Limit + 1 }, cancellationToken);
        var page = found.Take(filter.Limit).ToList();

        return TypedResults.Ok(new DeadLetterPage(
            [.. page.Select(letter => DeadLetterView.Of(letter, linker))], found.Count > page.Count ? page[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<DeadLetterView>, NotFound>> GetAsync(
        DeadLetterId id, IDeadLetterStore letters, DeadLetterLinker linker, CancellationToken cancellationToken) =>
        await letters.FindAsync(id.Value, cancellationToken) is { } letter
            ? TypedResults.Ok(DeadLetterView.Whole(letter, linker))
            : TypedResults.NotFound();

    private static Task<Results<Ok<DeadLetterView>, NotFound, ProblemHttpResult>> RetryAsync(
        DeadLetterId id, ClaimsPrincipal user, DeadLetterActions actions, CancellationToken cancellationToken) =>
        actions.ChangeAsync(id, user, "Retried by an operator.", (letter, note) => letter.Retry(batchId: null, note), cancellationToken);

    private static async Task<Results<Ok<DeadLetterView>, NotFound, ProblemHttpResult>> EditAndRetryAsync(
        DeadLetterId id, EditDeadLetter edit, ClaimsPrincipal user, DeadLetterActions actions, CancellationToken cancellationToken)
    {
        var errors = edit.Validate(out var edited);
        return errors.Count > 0
            ? Unprocessable.Of(errors)
            : await actions.ChangeAsync(
                id, user, $"Edited by an operator: {edit.Reason}", (letter, note) => letter.EditAndRetry(edited!, note), cancellationToken);
    }

    private static async Task<Results<Ok<DeadLetterView>, NotFound, ProblemHttpResult>> DiscardAsync(
        DeadLetterId id, CloseDeadLetter close, ClaimsPrincipal user, DeadLetterActions actions, CancellationToken cancellationToken)
    {
        var errors = close.Validate(isRequired: true);
        return errors.Count > 0
            ? Unprocessable.Of(errors)
            : await actions.ChangeAsync(id, user, close.Reason!, (letter, note) => letter.Discard(note), cancellationToken);
    }

    private static async Task<Results<Ok<DeadLetterView>, NotFound, ProblemHttpResult>> ArchiveAsync(
        DeadLetterId id, CloseDeadLetter close, ClaimsPrincipal user, DeadLetterActions actions, CancellationToken cancellationToken)
    {
        var errors = close.Validate(isRequired: false);
        return errors.Count > 0
            ? Unprocessable.Of(errors)
            : await actions.ChangeAsync(
                id, user, close.Reason ?? "Archived by an operator.", (letter, note) => letter.Archive(note), cancellationToken);
    }
}

/// <param name="Reason">Why; up to 500 characters. Required to discard.</param>
public sealed record CloseDeadLetter(string? Reason = null)
{
    private const int LongestReason = 500;

    internal Dictionary<string, string[]> Validate(bool isRequired) =>
        string.IsNullOrWhiteSpace(Reason) ? (isRequired ? new() { ["reason"] = ["A reason is required."] } : [])
        : Reason.Length > LongestReason ? new() { ["reason"] = [$"At most {LongestReason} characters."] }
        : [];
}
