namespace Integr8sCode.Replays;

/// <summary>Keeps replay sessions. Every implementation must pass <c>ReplayStoreTests</c>.</summary>
public interface IReplayStore
{
    Task<ReplaySession?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Keeps the session if the stored version is the one before it (none for version 1); never overwrites a concurrent save.</summary>
    /// <returns>False if somebody else saved or deleted it first.</returns>
    Task<bool> SaveAsync(ReplaySession session, CancellationToken cancellationToken);

    /// <returns>False if there is no session with that id and version.</returns>
    Task<bool> DeleteAsync(Guid id, long version, CancellationToken cancellationToken);

    /// <param name="status">Only these; all where it is <see langword="null"/>.</param>
    /// <param name="before">Cursor: only sessions whose id sorts before this one.</param>
    /// <returns>The newest first (descending by id, which is a UUIDv7), at most <paramref name="limit"/>.</returns>
    Task<IReadOnlyList<ReplaySession>> ListAsync(ReplayStatus? status, Guid? before, int limit, CancellationToken cancellationToken);

    /// <returns>Running sessions that no replayer holds at <paramref name="now"/>, the longest left alone first.</returns>
    Task<IReadOnlyList<ReplaySession>> FindClaimableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
