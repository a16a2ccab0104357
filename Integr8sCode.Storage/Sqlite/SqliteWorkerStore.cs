using System.Text.Json;
using Integr8sCode.Executions;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteWorkerStore(SqliteDatabase database) : IWorkerStore
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private static readonly StoreCall Announcing = new("INSERT", "workers");
    private static readonly StoreCall Listing = new("SELECT", "workers");

    public Task AnnounceAsync(WorkerAnnouncement announcement, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(announcement, CoreJson.Default.WorkerAnnouncement);
        return database.WriteAsync(
            Announcing,
            session =>
            {
                session.Execute(
                    "INSERT OR REPLACE INTO workers (worker_id, alive_until, announcement) VALUES ($id, $until, $announcement)",
                    ("$id", announcement.WorkerId), ("$until", announcement.AliveUntil), ("$announcement", document));
                return session.Execute(
                    "DELETE FROM workers WHERE alive_until < $oldest", ("$oldest", announcement.AliveUntil - Retention));
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<WorkerAnnouncement>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WorkerAnnouncement>>(
            Listing,
            session => session.Query(
                "SELECT announcement FROM workers ORDER BY worker_id",
                row => row.ReadJson(0, CoreJson.Default.WorkerAnnouncement)),
            cancellationToken);
}
