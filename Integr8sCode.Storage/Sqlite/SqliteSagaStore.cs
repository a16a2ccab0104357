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
                    ? """
                      INSERT INTO sagas (id, version, user_id, status, deadline, saga)
                      VALUES ($id, $version, $user, $status, $deadline, $saga) ON CONFLICT DO NOTHING
                      """
                    : """
                      UPDATE sagas SET version = $version, user_id = $user, status = $status, deadline = $deadline, saga = $saga
                      WHERE id = $id AND version = $version - 1
                      """,
                ("$id", saga.Id),
                ("$version", saga.Version),
                ("$user", saga.UserId),
                ("$status", (long)saga.Status),
                ("$deadline", saga.Deadline),
                ("$saga", document)) == 1,
            cancellationToken);
    }

    public Task<IReadOnlyList<Saga>> ListAsync(SagaFilter filter, CancellationToken cancellationToken)
    {
        var (sql, parameters) = Listing(filter);
        return database.ReadAsync<IReadOnlyList<Saga>>(
            Finding, session => session.Query(sql, row => row.ReadJson(0, CoreJson.Default.Saga), parameters), cancellationToken);
    }

    public Task<IReadOnlyList<Saga>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Saga>>(
            Polling,
            session => session.Query(
                Overdue, row => row.ReadJson(0, CoreJson.Default.Saga), ("$now", now), ("$limit", limit)),
            cancellationToken);

    /// <summary>Only what the filter sets is in the statement, because SQLite chooses its index from the text.</summary>
    internal static (string Sql, (string Name, object? Value)[] Parameters) Listing(SagaFilter filter)
    {
        (string Condition, string Name, object? Value)[] all =
        [
            ("user_id = $user", "$user", filter.UserId),
            ("status = $status", "$status", (long?)filter.Status),
            ("id < $before", "$before", filter.Before),
        ];
        var set = all.Where(condition => condition.Value is not null).ToList();
        var where = set is [] ? "" : $"WHERE {string.Join(" AND ", set.Select(condition => condition.Condition))}";

        return (
            $"SELECT saga FROM sagas {where} ORDER BY id DESC LIMIT $limit",
            [.. set.Select(condition => (condition.Name, condition.Value)), ("$limit", filter.Limit)]);
    }
}
