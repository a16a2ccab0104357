using System.Text.Json;
using Integr8sCode.Executions;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <content>The reads.</content>
internal sealed partial class SqliteExecutionStore
{
    private const string Columns =
        "id, user_id, correlation_id, trace_id, idempotency_key, retry_of, status, due, state, request";

    private const string Source = "executions JOIN execution_requests ON execution_id = id";

    internal const string ById = $"SELECT {Columns} FROM {Source} WHERE id = $id";

    private const string Runnable = "language IN (SELECT value FROM json_each($languages))";

    internal const string Claimable = $"""
        SELECT {Columns}, due AS turn FROM {Source} WHERE status = $scheduled AND due IS NOT NULL AND {Runnable}
        UNION ALL
        SELECT {Columns}, place AS turn FROM {Source} WHERE status = $running AND due < $now AND {Runnable}
        ORDER BY turn LIMIT $limit
        """;

    internal const string Expired = $"SELECT {Columns} FROM {Source} WHERE status = $running AND due < $now ORDER BY due LIMIT $limit";

    internal const string Held = $"SELECT {Columns} FROM {Source} WHERE worker_id = $worker AND status = $running";

    internal const string Stalled = $"""
        SELECT {Columns} FROM {Source}
        WHERE status IN ($queued, $completed, $failed, $timeout, $cancelled) AND due > $after AND due < $before
        ORDER BY due LIMIT $limit
        """;

    internal const string OpenCounts =
        "SELECT status, count(*) FROM executions WHERE status <= 2 GROUP BY status";

    // The bound on the status stands there for the planner: it uses a partial index only where it finds the index's own condition.
    internal const string Waiting =
        "SELECT id FROM executions WHERE status = 0 AND status <= 2 AND user_id = $user ORDER BY place LIMIT $limit";

    internal const string HeldBy = "SELECT count(*) FROM executions WHERE status IN (1, 2) AND status <= 2 AND user_id = $user";

    internal const string WaitingUsers = """
        SELECT DISTINCT user_id FROM executions WHERE status = 0 AND status <= 2 AND user_id > $after ORDER BY user_id LIMIT $limit
        """;

    private static readonly StoreCall Finding = new("SELECT", "executions");
    private static readonly StoreCall FindingOutput = new("SELECT", "execution_outputs");
    private static readonly StoreCall Polling = new("SELECT", "executions");

    public Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(ById, ReadExecution, ("$id", id)),
            cancellationToken);

    public Task<ExecutionOutput?> FindOutputAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            FindingOutput,
            session => session.Find(
                "SELECT stdout, stderr FROM execution_outputs WHERE execution_id = $id",
                row => new ExecutionOutput(row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
                ("$id", id)),
            cancellationToken);

    public Task<IReadOnlyList<Execution>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken)
    {
        var (sql, parameters) = Listing(filter);
        return QueryAsync(Finding, sql, parameters, cancellationToken);
    }

    public Task<IReadOnlyList<Execution>> FindClaimableAsync(
        DateTimeOffset now, IReadOnlyCollection<string> languages, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Polling,
            Claimable,
            [
                ("$scheduled", (long)ExecutionStatus.Scheduled), ("$running", (long)ExecutionStatus.Running),
                ("$languages", JsonSerializer.Serialize([.. languages], CoreJson.Default.StringArray)), ("$now", now), ("$limit", limit),
            ],
            cancellationToken);

    public Task<Allocation> FindAllocationAsync(string userId, int cap, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Polling,
            session =>
            {
                var waiting = session.Query(
                    Waiting, row => row.ReadId(0), ("$user", userId), ("$limit", Math.Min(cap, Allocation.MaxNext)));
                var held = session.Find(HeldBy, row => row.GetInt32(0), ("$user", userId));
                return new Allocation(held, [.. waiting.Take(cap - held)]);
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> FindWaitingUsersAsync(string? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            Polling,
            session => session.Query(WaitingUsers, row => row.GetString(0), ("$after", after ?? ""), ("$limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<Execution>> FindExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Polling,
            Expired,
            [("$running", (long)ExecutionStatus.Running), ("$now", now), ("$limit", limit)],
            cancellationToken);

    public Task<IReadOnlyList<Execution>> FindHeldAsync(string workerId, CancellationToken cancellationToken) =>
        QueryAsync(
            Polling,
            Held,
            [("$worker", workerId), ("$running", (long)ExecutionStatus.Running)],
            cancellationToken);

    public Task<IReadOnlyList<Execution>> FindStalledAsync(
        DateTimeOffset after, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Polling,
            Stalled,
            [
                ("$queued", (long)ExecutionStatus.Queued), ("$completed", (long)ExecutionStatus.Completed),
                ("$failed", (long)ExecutionStatus.Failed), ("$timeout", (long)ExecutionStatus.Timeout),
                ("$cancelled", (long)ExecutionStatus.Cancelled), ("$after", after),
                ("$before", before), ("$limit", limit),
            ],
            cancellationToken);

    public Task<IReadOnlyDictionary<ExecutionStatus, long>> CountOpenAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<ExecutionStatus, long>>(
            Polling,
            session => session
                .Query(
                    OpenCounts,
                    row => KeyValuePair.Create((ExecutionStatus)row.GetInt64(0), row.GetInt64(1)))
                .ToDictionary(),
            cancellationToken);

    /// <summary>Only what the filter sets is in the statement, because SQLite chooses its index from the text.</summary>
    internal static (string Sql, (string Name, object? Value)[] Parameters) Listing(ExecutionFilter filter)
    {
        (string Condition, string Name, object? Value)[] all =
        [
            ("user_id = $user", "$user", filter.UserId),
            ("status = $status", "$status", (long?)filter.Status),
            ("language = $language", "$language", filter.Language),
            ("requested_at >= $from", "$from", filter.From),
            ("requested_at < $to", "$to", filter.To),
            ("id < $before", "$before", filter.Before),
        ];
        var set = all.Where(condition => condition.Value is not null).ToList();
        var where = set is [] ? "" : $"WHERE {string.Join(" AND ", set.Select(condition => condition.Condition))}";

        return (
            $"SELECT {Columns} FROM {Source} {where} ORDER BY id DESC LIMIT $limit",
            [.. set.Select(condition => (condition.Name, condition.Value)), ("$limit", filter.Limit)]);
    }

    private static Execution FindEarlier(SqliteSession session, Execution given) =>
        session.Find(ById, ReadExecution, ("$id", given.Id))
        ?? session.Find(
            $"SELECT {Columns} FROM {Source} WHERE user_id = $user AND idempotency_key = $key",
            ReadExecution, ("$user", given.UserId), ("$key", given.IdempotencyKey))!;

    private static Execution ReadExecution(SqliteDataReader row)
    {
        var state = row.ReadJson(8, CoreJson.Default.ExecutionState);
        return new()
        {
            Id = row.ReadId(0),
            UserId = row.GetString(1),
            CorrelationId = row.GetString(2),
            TraceId = row.ReadOptionalText(3),
            IdempotencyKey = row.ReadOptionalText(4),
            RetryOf = row.ReadOptionalId(5),
            // A renewal moves the lease without touching the document.
            State = state.Status is ExecutionStatus.Running ? state with { LeaseUntil = row.ReadTime(7) } : state,
            Request = row.ReadJson(9, CoreJson.Default.ExecutionRequest),
        };
    }

    private Task<IReadOnlyList<Execution>> QueryAsync(
        StoreCall call, string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Execution>>(call, session => session.Query(sql, ReadExecution, parameters), cancellationToken);
}
