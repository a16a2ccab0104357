namespace Integr8sCode.DeadLetters;

public static class DeadLetterChanges
{
    /// <summary>Applies the move to the letter, and again to its newest state whenever somebody else was faster.</summary>
    /// <returns>The letter after the move; <see langword="null"/> where the move was refused or the letter is gone.</returns>
    public static async Task<DeadLetter?> ChangeAsync(
        this IDeadLetterStore store, DeadLetter letter, Func<DeadLetter, DeadLetter?> move, CancellationToken cancellationToken)
    {
        for (var current = letter; current is not null; current = await store.FindAsync(letter.Id, cancellationToken))
        {
            if (move(current) is not { } moved)
            {
                return null;
            }

            if (await store.SaveAsync(moved, cancellationToken))
            {
                return moved;
            }
        }

        return null;
    }

    /// <returns>The topic's policy: the saved one, else its default.</returns>
    public static async Task<RetryPolicy> GetAsync(this IRetryPolicyStore policies, string topic, CancellationToken cancellationToken) =>
        await policies.FindAsync(topic, cancellationToken) ?? RetryPolicy.DefaultOf(topic);
}
