using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// What has become due: letters that never came through the topic are reviewed, retries are claimed and sent. Whoever saves the claim
/// sends, so any number of processes may look at once.
/// </summary>
internal sealed class DueLetters(
    IDeadLetterStore letters, DeadLetterReview review, RetrySending sending, IOptions<DeadLetterOptions> options, TimeProvider clock)
{
    /// <returns>How many letters were due.</returns>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        var due = await letters.FindDueAsync(clock.GetUtcNow(), options.Value.Batch, cancellationToken);

        foreach (var letter in due.OrderBy(letter => letter.Id)) // in the order of their first failures
        {
            if (letter.State.Status is DeadLetterStatus.Pending)
            {
                await review.ReviewAsync(letter, announced: null, cancellationToken);
            }
            else
            {
                await sending.SendAsync(letter, cancellationToken);
            }
        }

        return due.Count;
    }
}
