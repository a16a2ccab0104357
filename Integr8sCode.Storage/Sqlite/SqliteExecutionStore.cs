using System.Text.Json;
using Integr8sCode.Executions;

namespace Integr8sCode.Sqlite;

internal sealed partial class SqliteExecutionStore(SqliteDatabase database) : IExecutionStore
{
    private static readonly StoreCall Accepting = new("INSERT", "executions");
    private static readonly StoreCall Appending = new("UPDATE", "executions");
    private static readonly StoreCall Restoring = new("INSERT", "executions");
    private static readonly StoreCall Renewing = new("UPDATE", "executions");

    public Task<Execution> AcceptAsync(ExecutionChange accepted, CancellationToken cancellationToken)
    {
        var execution = accepted.Execution;
        var request = JsonSerializer.Serialize(execution.Request, CoreJson.Default.ExecutionRequest);
        var state = JsonSerializer.Serialize(execution.State, CoreJson.Default.ExecutionState);
        var data = accepted.Event.Data.GetRawText();

        return database.WriteAsync(
            Accepting with { Event = accepted.Event },
            session =>
            {
                if (!Insert(session, execution, state))
                {
                    return FindEarlier(session, execution);
                }

                session.Execute(
                    "INSERT INTO execution_requests (execution_id, request) VALUES ($id, $request)",
                    ("$id", execution.Id), ("$request", request));
                SqliteEventStore.Insert(session, accepted.Event, data);
                return execution;
            },
            cancellationToken);
    }

    public Task<bool> AppendAsync(ExecutionChange change, CancellationToken cancellationToken)
    {
        var state = JsonSerializer.Serialize(change.Execution.State, CoreJson.Default.ExecutionState);
        var data = change.Event.Data.GetRawText();

        return database.WriteAsync(
            Appending with { Event = change.Event },
            session =>
            {
                if (!Update(session, change, state))
                {
                    return false;
                }

                SqliteEventStore.Insert(session, change.Event, data);
                if (change.Output is { } output)
                {
                    session.Execute(
                        "INSERT INTO execution_outputs (execution_id, stdout, stderr) VALUES ($id, $stdout, $stderr)",
                        ("$id", change.Execution.Id), ("$stdout", output.Stdout), ("$stderr", output.Stderr));
                }

                return true;
            },
            cancellationToken);
    }

    public Task<int> RenewLeasesAsync(
        string workerId, IReadOnlyCollection<Guid> executionIds, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Renewing,
            session => executionIds.Sum(id => session.Execute(
                "UPDATE executions SET due = max(due, $until) WHERE id = $id AND worker_id = $worker AND status = $running",
                ("$id", id), ("$worker", workerId), ("$until", until), ("$running", (long)ExecutionStatus.Running))),
            cancellationToken);

    public Task<bool> RestoreAsync(Execution rebuilt, long? sequence, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Serialize(rebuilt.Request, CoreJson.Default.ExecutionRequest);
        var state = JsonSerializer.Serialize(rebuilt.State, CoreJson.Default.ExecutionState);

        return database.WriteAsync(
            Restoring,
            session =>
            {
                session.Execute(
                    "DELETE FROM executions WHERE id = $id AND sequence = $sequence",
                    ("$id", rebuilt.Id), ("$sequence", sequence));
                if (!Insert(session, rebuilt, state))
                {
                    return false;
                }

                session.Execute(
                    "INSERT OR REPLACE INTO execution_requests (execution_id, request) VALUES ($id, $request)",
                    ("$id", rebuilt.Id), ("$request", request));
                return true;
            },
            cancellationToken);
    }

    private static bool Insert(SqliteSession session, Execution execution, string state) => session.Execute(
        """
        INSERT INTO executions (
            id, user_id, language, requested_at, correlation_id, trace_id, idempotency_key, retry_of, status, sequence,
            worker_id, place, due, state)
        VALUES (
            $id, $user, $language, $requested, $correlation, $trace, $key, $retryOf, $status, $sequence, $worker, $place, $due, $state)
        ON CONFLICT DO NOTHING
        """,
        ("$id", execution.Id),
        ("$user", execution.UserId),
        ("$language", execution.Request.Language),
        ("$requested", execution.State.RequestedAt),
        ("$correlation", execution.CorrelationId),
        ("$trace", execution.TraceId),
        ("$key", execution.IdempotencyKey),
        ("$retryOf", execution.RetryOf),
        ("$status", (long)execution.State.Status),
        ("$sequence", execution.State.Sequence),
        ("$worker", execution.State.WorkerId),
        ("$place", execution.State.Place),
        ("$due", execution.State.DueAt),
        ("$state", state)) == 1;

    // A lease that its holder renewed since the change was computed is not shortened by it.
    private static bool Update(SqliteSession session, ExecutionChange change, string state) => session.Execute(
        """
        UPDATE executions
        SET status = $status, sequence = $sequence, worker_id = $worker, place = $place, state = $state,
            due = CASE WHEN worker_id = $worker THEN max(due, $due) ELSE $due END
        WHERE id = $id AND sequence = $sequence - 1
        """,
        ("$id", change.Execution.Id),
        ("$status", (long)change.Execution.State.Status),
        ("$sequence", change.Event.Sequence),
        ("$worker", change.Execution.State.WorkerId),
        ("$place", change.Execution.State.Place),
        ("$due", change.Execution.State.DueAt),
        ("$state", state)) == 1;
}
