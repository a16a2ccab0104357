namespace Integr8sCode.Sagas;

public interface ISagaStore
{
    Task<Saga?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Keeps the saga if the stored version is the one before it (none for version 1); never overwrites a concurrent save.</summary>
    /// <returns>False if somebody else saved first.</returns>
    Task<bool> SaveAsync(Saga saga, CancellationToken cancellationToken);

    /// <returns>Matching sagas, that of the newest execution first (descending by id, which is a UUIDv7).</returns>
    Task<IReadOnlyList<Saga>> ListAsync(SagaFilter filter, CancellationToken cancellationToken);

    /// <returns>Sagas that have not ended and whose deadline has passed, the longest overdue first.</returns>
    Task<IReadOnlyList<Saga>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
