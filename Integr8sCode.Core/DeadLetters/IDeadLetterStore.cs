namespace Integr8sCode.DeadLetters;

/// <summary>Keeps dead letters. A letter is written before the offset moves, so a poisonous message is never lost.</summary>
public interface IDeadLetterStore
{
    /// <summary>Keeps the letter; the same message of the same group (<see cref="DeadLetter.Identity"/>) is kept once.</summary>
    /// <returns>The letter that is now stored: the given one, or the earlier one of that identity.</returns>
    Task<DeadLetter> AddAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Keeps the letter's state if the stored version is the one before it; never overwrites a concurrent save.</summary>
    /// <returns>False if somebody else saved first, or the letter is gone.</returns>
    Task<bool> SaveAsync(DeadLetter letter, CancellationToken cancellationToken);

    Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <returns>Matching letters, the newest first (descending by id, which is a UUIDv7).</returns>
    Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// What has become due. A retry waits for the older letters of its <see cref="DeadLetter.Line"/> that something is still due for, and is
    /// no part of the answer meanwhile, so that a long line keeps no other letter back.
    /// </summary>
    /// <returns>Letters that are due at <paramref name="now"/>, the longest waiting first, at most <paramref name="limit"/>.</returns>
    Task<IReadOnlyList<DeadLetter>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <returns>Matching letters, counted by everything but their ids; the filter's cursor and limit do not count.</returns>
    Task<IReadOnlyList<DeadLetterCount>> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets letters that were resolved, archived or discarded before <paramref name="before"/>, and the oldest of them until at most
    /// <paramref name="keep"/> are left.
    /// </summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> PruneAsync(DateTimeOffset before, int keep, CancellationToken cancellationToken);
}
