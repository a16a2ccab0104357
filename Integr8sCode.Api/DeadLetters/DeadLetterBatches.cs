using System.Security.Claims;
using Integr8sCode.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.DeadLetters;

/// <summary>Retries of several letters at once. Their progress is that of the letters, so it survives every process.</summary>
internal static class DeadLetterBatches
{
    public static void MapDeadLetterBatches(this IEndpointRouteBuilder group)
    {
        group.MapPost("/retries", StartAsync).WithName("RetryDeadLetters")
            .WithSummary($"Tries several letters again, by id or all that match a filter; at most {RetryDeadLetters.MostLetters} at once.");
        group.MapGet("/retries/{id}", GetAsync).WithName("GetDeadLetterRetries").WithSummary("How far such a retry has come.");
    }

    private static async Task<Results<Accepted<AcceptedRetries>, ProblemHttpResult>> StartAsync(
        RetryDeadLetters asked, ClaimsPrincipal user, IDeadLetterStore letters, DeadLetterActions actions, CancellationToken cancellationToken)
    {
        var errors = asked.Validate();
        if (errors.Count > 0)
        {
            return Unprocessable.Of(errors);
        }

        var batch = Guid.CreateVersion7();
        var note = actions.NoteOf(user, $"Retried by an operator, with others ({batch}).");
        var (found, hasMore) = await FindAsync(asked, letters, cancellationToken);
        var refused = new List<RefusedRetry>();
        foreach (var (id, letter) in found)
        {
            if (letter is null || await letters.ChangeAsync(letter, current => current.Retry(batch, note), cancellationToken) is null)
            {
                refused.Add(new(id, letter is null ? "There is no such letter." : $"It is {SnakeCase.NameOf(letter.State.Status)}."));
            }
        }

        var accepted = found.Count - refused.Count;
        var progress = accepted > 0 ? $"{DeadLetterEndpoints.Path}/retries/{batch}" : null;
        return TypedResults.Accepted(progress, new AcceptedRetries(batch, accepted, refused, hasMore, progress));
    }

    private static async Task<Results<Ok<RetryProgress>, NotFound>> GetAsync(
        DeadLetterId id, IDeadLetterStore letters, CancellationToken cancellationToken)
    {
        var counts = await letters.CountAsync(new(BatchId: id.Value), cancellationToken);
        if (counts is [])
        {
            return TypedResults.NotFound();
        }

        var open = counts.Where(count => count.Status is DeadLetterStatus.Scheduled or DeadLetterStatus.Retrying).Sum(count => count.Count);
        var total = counts.Sum(count => count.Count);
        return TypedResults.Ok(new RetryProgress(
            id.Value, total, total - open, DeadLetterSummaries.CountBy(counts, count => SnakeCase.NameOf(count.Status))));
    }

    /// <summary>The oldest first: the order in which they are sent.</summary>
    private static async Task<(List<(Guid Id, DeadLetter? Letter)> Found, bool HasMore)> FindAsync(
        RetryDeadLetters asked, IDeadLetterStore letters, CancellationToken cancellationToken)
    {
        var found = new List<(Guid Id, DeadLetter? Letter)>();
        foreach (var id in (asked.Ids ?? []).Distinct().Order())
        {
            found.Add((id, await letters.FindAsync(id, cancellationToken)));
        }

        if (asked.Matching is null)
        {
            return (found, false);
        }

        var matching = await letters.ListAsync(asked.Matching.ToFilter() with { Limit = RetryDeadLetters.MostLetters + 1 }, cancellationToken);
        return ([.. matching.Take(RetryDeadLetters.MostLetters).Reverse().Select(letter => (letter.Id, (DeadLetter?)letter))],
            matching.Count > RetryDeadLetters.MostLetters);
    }
}

/// <summary>Which letters to retry: either by id, or all that match.</summary>
public sealed record RetryDeadLetters(IReadOnlyList<Guid>? Ids = null, MatchingDeadLetters? Matching = null)
{
    public const int MostLetters = 500;

    internal Dictionary<string, string[]> Validate() =>
        Ids is null == Matching is null ? new() { ["ids"] = ["Give either ids or matching."] }
        : Ids is [] or { Count: > MostLetters } ? new() { ["ids"] = [$"From 1 to {MostLetters} ids."] }
        : Matching?.Status is DeadLetterStatus.Retrying or DeadLetterStatus.Resolved or DeadLetterStatus.Archived or DeadLetterStatus.Discarded
            ? new() { ["matching.status"] = ["Only pending, scheduled and dead letters can be retried."] }
        : [];
}

/// <summary>As the list's filters; dead letters where no status is given.</summary>
public sealed record MatchingDeadLetters(
    DeadLetterStatus Status = DeadLetterStatus.Dead, string? Topic = null, string? EventType = null, string? ConsumerGroup = null,
    string? Fingerprint = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    internal DeadLetterFilter ToFilter() => new(Status, Topic, EventType, ConsumerGroup, Fingerprint, From, To);
}

/// <param name="Accepted">Letters that are tried again.</param>
/// <param name="HasMore">More match than are tried at once: repeat the call when these are through.</param>
/// <param name="Progress">Where to ask how far they are; absent where none is tried.</param>
public sealed record AcceptedRetries(Guid Id, int Accepted, IReadOnlyList<RefusedRetry> Refused, bool HasMore, string? Progress);

public sealed record RefusedRetry(Guid Id, string Reason);

/// <param name="Done">Letters whose retry has come to something: resolved, dead, or pending because it failed again.</param>
public sealed record RetryProgress(Guid Id, long Total, long Done, IReadOnlyDictionary<string, long> ByStatus);
