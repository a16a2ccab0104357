using System.Security.Claims;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.DeadLetters;

/// <summary>What an admin does with one letter. What its status does not allow is a 409 that names the status.</summary>
internal sealed class DeadLetterActions(IDeadLetterStore letters, DeadLetterLinker linker, TimeProvider clock)
{
    public async Task<Results<Ok<DeadLetterView>, NotFound, ProblemHttpResult>> ChangeAsync(
        DeadLetterId id, ClaimsPrincipal user, string why, Func<DeadLetter, DeadLetterNote, DeadLetter?> move, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id.Value, cancellationToken) is not { } letter)
        {
            return TypedResults.NotFound();
        }

        var note = NoteOf(user, why);
        if (await letters.ChangeAsync(letter, current => move(current, note), cancellationToken) is { } changed)
        {
            return TypedResults.Ok(DeadLetterView.Whole(changed, linker));
        }

        var status = (await letters.FindAsync(letter.Id, cancellationToken) ?? letter).State.Status;
        return TypedResults.Problem(
            $"The dead letter is {status.ToString().ToLowerInvariant()}, which does not allow this.", statusCode: StatusCodes.Status409Conflict);
    }

    public DeadLetterNote NoteOf(ClaimsPrincipal user, string why) => DeadLetterNote.Now(user.Id(), why, clock);
}
