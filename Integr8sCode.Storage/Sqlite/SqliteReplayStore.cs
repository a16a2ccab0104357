using System.Text.Json;
using Integr8sCode.Replays;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteReplayStore(SqliteDatabase database) : IReplayStore
{
    internal const string Claimable = "SELECT session FROM replays WHERE free_at < $now ORDER BY free_at LIMIT $limit";

    private static readonly StoreCall Finding = new("SELECT", "replays");
    private static readonly StoreCall Creating = new("INSERT", "replays");
    private static readonly StoreCall Saving = new("UPDATE", "replays");
    private static readonly StoreCall Deleting = new("DELETE", "replays");

    public Task<ReplaySession?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT session FROM replays WHERE id = $id", row => row.ReadJson(0, CoreJson.Default.ReplaySession), ("$id", id)),
            cancellationToken);

    public Task<bool> SaveAsync(ReplaySession session, CancellationToken cancellationToken)
    {
        var isNew = session.Version == 1;
        var document = JsonSerializer.Serialize(session, CoreJson.Default.ReplaySession);
        return database.WriteAsync(
            isNew ? Creating : Saving,
            connection => connection.Execute(
                isNew
                    ? """
                      INSERT INTO replays (id, version, status, free_at, session) VALUES ($id, $version, $status, $freeAt, $session)
                      ON CONFLICT DO NOTHING
                      """
                    : """
                      UPDATE replays SET version = $version, status = $status, free_at = $freeAt, session = $session
                      WHERE id = $id AND version = $version - 1
                      """,
                ("$id", session.Id),
                ("$version", session.Version),
                ("$status", (long)session.Status),
                ("$freeAt", session.FreeAt),
                ("$session", document)) == 1,
            cancellationToken);
    }

    public Task<bool> DeleteAsync(Guid id, long version, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Deleting,
            session => session.Execute("DELETE FROM replays WHERE id = $id AND version = $version", ("$id", id), ("$version", version)) == 1,
            cancellationToken);

    public Task<IReadOnlyList<ReplaySession>> ListAsync(
        ReplayStatus? status, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var (sql, parameters) = Listing(status, before, limit);
        return QueryAsync(sql, parameters, cancellationToken);
    }

    public Task<IReadOnlyList<ReplaySession>> FindClaimableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(Claimable, [("$now", now), ("$limit", limit)], cancellationToken);

    /// <summary>Only what restricts is in the statement, because SQLite chooses its index from the text.</summary>
    internal static (string Sql, (string Name, object? Value)[] Parameters) Listing(ReplayStatus? status, Guid? before, int limit)
    {
        (string Condition, string Name, object? Value)[] all =
            [("status = $status", "$status", (long?)status), ("id < $before", "$before", before)];
        var set = all.Where(condition => condition.Value is not null).ToList();
        var where = set is [] ? "" : $"WHERE {string.Join(" AND ", set.Select(condition => condition.Condition))}";
        return (
            $"SELECT session FROM replays {where} ORDER BY id DESC LIMIT $limit",
            [.. set.Select(condition => (condition.Name, condition.Value)), ("$limit", limit)]);
    }

    private Task<IReadOnlyList<ReplaySession>> QueryAsync(
        string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ReplaySession>>(
            Finding,
            session => session.Query(sql, row => row.ReadJson(0, CoreJson.Default.ReplaySession), parameters),
            cancellationToken);
}
