namespace Integr8sCode.Executions;

/// <summary>What the workers can run. Announcements outlive their worker by a week, so a restart of all workers refuses no request.</summary>
public interface IWorkerStore
{
    /// <summary>Keeps the announcement, replacing the worker's earlier one.</summary>
    Task AnnounceAsync(WorkerAnnouncement announcement, CancellationToken cancellationToken);

    /// <returns>All kept announcements, also of workers that are gone.</returns>
    Task<IReadOnlyList<WorkerAnnouncement>> ListAsync(CancellationToken cancellationToken);
}
