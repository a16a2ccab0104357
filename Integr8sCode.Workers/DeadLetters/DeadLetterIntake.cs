using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>Takes what comes through <c>dead_letter_queue</c>: looks up the letter, or keeps one that the store does not have.</summary>
internal sealed class DeadLetterIntake(IDeadLetterStore letters, DeadLetterReview review, TimeProvider clock) : IMessageHandler
{
    public async Task HandleAsync(RawMessage message, CancellationToken cancellationToken)
    {
        var announced = new AnnouncedLetter(message);
        var letter = announced.Id is { } id ? await letters.FindAsync(id, cancellationToken) : null;
        letter ??= await letters.AddAsync(announced.ToLetter(clock.GetUtcNow()), cancellationToken);
        await review.ReviewAsync(letter, announced, cancellationToken);
    }
}
