using System.Text.Json;
using Integr8sCode.Sagas;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteSagaStore(SqliteDatabase database) : ISagaStore
{
    internal const string Overdue = "SELECT saga FROM sagas WHERE deadline < $now ORDER BY deadline LIMIT $limit";

    private static readonly StoreCall Finding = new("SELECT", "sagas");
    private static readonly StoreCall Polling = new("SELECT", "sagas");
    private static readonly StoreCall Starting = new("INSERT", "sagas");
    private static readonly StoreCall Saving = new("UPDATE", "sagas");

    public Task<Saga?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT saga FROM sagas WHERE id = $id", row => row.ReadJson(0, CoreJson.Default.Saga), ("$id", id)),
            cancellationToken);

    public Task<bool> SaveAsync(Saga saga, CancellationToken cancellationToken)
    {
        var isNew = saga.Version == 1;
        var document = JsonSerializer.Serialize(saga, CoreJson.Default.Saga);
        return database.WriteAsync(
            isNew ? Starting : Saving,
            session => session.Execute(
                isNew
                    ? "INSERT INTO sagas (id, version, deadline, saga) VALUES ($id, $version, $deadline, $saga) ON CONFLICT DO NOTHING"
                    : "UPDATE sagas SET version = $version, deadline = $deadline, saga = $saga WHERE id = $id AND version = $version - 1",
                ("$id", saga.Id),
                ("$version", saga.Version),
                ("$deadline", saga.Status is SagaStatus.Running ? saga.Deadline : null),
                ("$saga", document)) == 1,
            cancellationToken);
    }

    public Task<IReadOnlyList<Saga>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Saga>>(
            Polling,
            session => session.Query(
                Overdue, row => row.ReadJson(0, CoreJson.Default.Saga), ("$now", now), ("$limit", limit)),
            cancellationToken);
}
