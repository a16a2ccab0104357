namespace Integr8sCode.Executions;

/// <summary>
/// Keeps executions and, in the same atomic step as every change, the event that tells of it. Rests on single-document atomicity
/// only: no guarantee needs a transaction over two executions. Every implementation must pass <c>ExecutionStoreTests</c>.
/// </summary>
public interface IExecutionStore
{
    /// <summary>
    /// Keeps a new execution and its first event, unpublished; durable when the task completes. An id that is known, or an
    /// idempotency key the user has used before, changes nothing.
    /// </summary>
    /// <returns>The execution that is now stored: the given one, or the earlier one with that id or that user's key.</returns>
    /// <exception cref="InvalidOperationException">Another execution holds an event with that event id; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">As from every method; after a write it is unknown whether the change was kept.</exception>
    Task<Execution> AcceptAsync(ExecutionChange accepted, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the change - state, event (unpublished) and output - if the stored execution stands at the sequence just before it.
    /// Durable when the task completes; of two concurrent changes exactly one is kept. A lease that its holder renewed since the change
    /// was computed is not shortened by it.
    /// </summary>
    /// <returns>False if the execution has moved on or is unknown; nothing was changed then.</returns>
    Task<bool> AppendAsync(ExecutionChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces what is shown of an execution by what its events say (<see cref="Execution.Fold"/>), if it still stands at
    /// <paramref name="sequence"/>; its events and its output stay as they are.
    /// </summary>
    /// <param name="sequence">Where the stored execution stood when it was read; <see langword="null"/> where it was not found.</param>
    /// <returns>False if the execution has moved on; nothing was changed then.</returns>
    Task<bool> RestoreAsync(Execution rebuilt, long? sequence, CancellationToken cancellationToken);

    Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <returns>What the script wrote; <see langword="null"/> while there is none.</returns>
    Task<ExecutionOutput?> FindOutputAsync(Guid id, CancellationToken cancellationToken);

    /// <returns>Matching executions, newest first (descending by id, which is a UUIDv7).</returns>
    Task<IReadOnlyList<Execution>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken);

    /// <summary>Executions a worker may claim: scheduled ones, and running ones whose lease ended before <paramref name="now"/>.</summary>
    /// <param name="languages">What the worker can run; executions in other languages stand in nobody's way.</param>
    /// <returns>
    /// At most <paramref name="limit"/>, by their <see cref="ExecutionState.Place"/> in line: a requeued or abandoned execution keeps the
    /// one that it got when it was scheduled.
    /// </returns>
    Task<IReadOnlyList<Execution>> FindClaimableAsync(
        DateTimeOffset now, IReadOnlyCollection<string> languages, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What the user holds, counted after the queued were read: an execution that somebody schedules meanwhile may be seen twice, as
    /// queued and as held, but never not at all. So of several callers, each of which schedules what it finds, none exceeds the cap
    /// unless an execution with an earlier place was accepted between their questions.
    /// </summary>
    /// <param name="cap">The most a user may have scheduled and running.</param>
    Task<Allocation> FindAllocationAsync(string userId, int cap, CancellationToken cancellationToken);

    /// <returns>Users with queued executions, in ordinal order after <paramref name="after"/> (null: from the first).</returns>
    Task<IReadOnlyList<string>> FindWaitingUsersAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <returns>Running executions whose lease ended before <paramref name="now"/>, the longest expired first.</returns>
    Task<IReadOnlyList<Execution>> FindExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <returns>The running executions whose lease this worker holds.</returns>
    Task<IReadOnlyList<Execution>> FindHeldAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>
    /// Extends the lease of those of the executions that this worker holds, also where it has expired and nobody else has claimed; is no
    /// event, does not change the sequence and never shortens a lease. What the worker holds but does not name is left to expire.
    /// </summary>
    /// <returns>How many of the leases this worker holds.</returns>
    Task<int> RenewLeasesAsync(
        string workerId, IReadOnlyCollection<Guid> executionIds, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Executions that wait for a message that may be lost: queued since before <paramref name="before"/> and not deferred, or terminal since then
    /// without a stored result.
    /// </summary>
    /// <param name="after">Only those that wait since later than this.</param>
    /// <returns>The longest waiting first, at most <paramref name="limit"/>.</returns>
    Task<IReadOnlyList<Execution>> FindStalledAsync(
        DateTimeOffset after, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <returns>Number of executions in each non-terminal status; statuses without any are absent.</returns>
    Task<IReadOnlyDictionary<ExecutionStatus, long>> CountOpenAsync(CancellationToken cancellationToken);
}
