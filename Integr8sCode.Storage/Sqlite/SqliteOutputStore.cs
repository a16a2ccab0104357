using System.Text.Json;
using Integr8sCode.Executions;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteOutputStore(SqliteDatabase database) : IOutputStore
{
    internal const string Next = """
        SELECT execution_id, position, stdout_offset, stdout, stderr_offset, stderr FROM execution_output_chunks
        WHERE execution_id = $execution AND position > $after AND position < $before ORDER BY position LIMIT 1
        """;

    internal const string Progress = """
        SELECT id, sequence, coalesce((SELECT max(position) FROM execution_output_chunks WHERE execution_id = id), 0) FROM executions
        WHERE id IN (SELECT unhex(value) FROM json_each($ids))
        """;

    internal const string Prune = "DELETE FROM execution_output_chunks WHERE written_at < $before";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private static readonly StoreCall Appending = new("INSERT", "execution_output_chunks");
    private static readonly StoreCall Removing = new("DELETE", "execution_output_chunks");
    private static readonly StoreCall Polling = new("SELECT", "execution_output_chunks");
    private static readonly StoreCall Reading = new("SELECT", "execution_outputs");
    private static readonly StoreCall Watching = new("SELECT", "executions");

    public Task AppendAsync(IReadOnlyList<OutputChunk> chunks, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Appending with { BatchSize = chunks.Count },
            session =>
            {
                session.Execute(Prune, ("$before", now - Retention));
                return chunks.Sum(chunk => Insert(session, chunk, now));
            },
            cancellationToken);

    public Task<OutputChunk?> FindNextAsync(Guid executionId, OutputPosition after, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Polling,
            session => session.Find(
                Next, ReadChunk, ("$execution", executionId), ("$after", after.Value), ("$before", after.NextAttempt.Value)),
            cancellationToken);

    public Task RemoveAsync(Guid executionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Removing,
            session => session.Execute("DELETE FROM execution_output_chunks WHERE execution_id = $execution", ("$execution", executionId)),
            cancellationToken);

    public Task<ExecutionOutput?> ReadAsync(
        Guid executionId, long stdoutOffset, long stderrOffset, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Reading,
            session => session.Find(
                """
                SELECT coalesce(substr(stdout, $stdout + 1, $limit), x''), coalesce(substr(stderr, $stderr + 1, $limit), x'')
                FROM execution_outputs WHERE execution_id = $execution -- of an empty blob, substr is null
                """,
                row => new ExecutionOutput(row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
                ("$stdout", stdoutOffset), ("$limit", limit), ("$stderr", stderrOffset), ("$execution", executionId)),
            cancellationToken);

    public Task<IReadOnlyDictionary<Guid, ExecutionProgress>> WatchAsync(
        IReadOnlyCollection<Guid> executionIds, CancellationToken cancellationToken)
    {
        var ids = JsonSerializer.Serialize([.. executionIds.Select(id => Convert.ToHexString(id.ToByteArray(bigEndian: true)))], CoreJson.Default.StringArray);
        return database.ReadAsync<IReadOnlyDictionary<Guid, ExecutionProgress>>(
            Watching,
            session => session
                .Query(Progress, row => KeyValuePair.Create(row.ReadId(0), new ExecutionProgress(row.GetInt64(1), row.GetInt64(2))), ("$ids", ids))
                .ToDictionary(),
            cancellationToken);
    }

    private static int Insert(SqliteSession session, OutputChunk chunk, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO execution_output_chunks (execution_id, position, stdout_offset, stdout, stderr_offset, stderr, written_at)
        VALUES ($execution, $position, $stdoutOffset, $stdout, $stderrOffset, $stderr, $now) ON CONFLICT DO NOTHING
        """,
        ("$execution", chunk.ExecutionId),
        ("$position", chunk.End.Value),
        ("$stdoutOffset", chunk.StdoutOffset),
        ("$stdout", chunk.Stdout),
        ("$stderrOffset", chunk.StderrOffset),
        ("$stderr", chunk.Stderr),
        ("$now", now));

    private static OutputChunk ReadChunk(SqliteDataReader row) => new(
        row.ReadId(0),
        OutputPosition.Of(row.GetInt64(1)).Attempt,
        row.GetInt64(2),
        row.GetFieldValue<byte[]>(3),
        row.GetInt64(4),
        row.GetFieldValue<byte[]>(5));
}
