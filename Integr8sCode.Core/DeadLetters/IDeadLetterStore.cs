namespace Integr8sCode.DeadLetters;

/// <summary>Keeps dead letters. The row is written before the offset moves, so a poisonous message is never lost.</summary>
public interface IDeadLetterStore
{
    /// <summary>Keeps the letter; the same message of the same group (by event id, else by its position and bytes) is kept once.</summary>
    Task AddAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <returns>The newest letters first, at most <paramref name="limit"/>.</returns>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken);

    Task<long> CountAsync(CancellationToken cancellationToken);
}
