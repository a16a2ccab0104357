using System.Text.Json;
using Integr8sCode.DeadLetters;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed partial class SqliteDeadLetterStore(SqliteDatabase database) : IDeadLetterStore
{
    internal const string Prune = """
        DELETE FROM dead_letters WHERE id IN (
            SELECT id FROM dead_letters WHERE closed_at < $before LIMIT $limit)
        RETURNING id
        """;

    internal const string PruneExcess = """
        DELETE FROM dead_letters WHERE id IN (
            SELECT id FROM dead_letters WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT $limit OFFSET $keep)
        RETURNING id
        """;

    // Short transactions, so that a long prune makes no other writer wait.
    private const int PruneBatch = 500;

    private static readonly StoreCall Adding = new("INSERT", "dead_letters");
    private static readonly StoreCall Saving = new("UPDATE", "dead_letters");
    private static readonly StoreCall Pruning = new("DELETE", "dead_letters");

    public Task<DeadLetter> AddAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(letter, CoreJson.Default.DeadLetter);
        return database.WriteAsync(
            Adding,
            session =>
            {
                if (session.Find(ByIdentity, ReadLetter, ("$identity", letter.Identity)) is { } earlier)
                {
                    return earlier;
                }

                Insert(session, letter);
                session.Execute(
                    "INSERT INTO dead_letter_messages (letter_id, letter) VALUES ($id, $letter)", ("$id", letter.Id), ("$letter", document));
                return letter;
            },
            cancellationToken);
    }

    public Task<bool> SaveAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        database.WriteAsync(Saving, session => Update(session, letter) == 1, cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, int keep, CancellationToken cancellationToken) =>
        await PruneAsync(Prune, ("$before", before), cancellationToken) + await PruneAsync(PruneExcess, ("$keep", keep), cancellationToken);

    private async Task<int> PruneAsync(string sql, (string Name, object? Value) bound, CancellationToken cancellationToken)
    {
        var total = 0;
        int pruned;
        do
        {
            pruned = await database.WriteAsync(Pruning, session => Delete(session, sql, bound), cancellationToken);
            total += pruned;
        }
        while (pruned == PruneBatch);

        return total;
    }

    private static int Delete(SqliteSession session, string sql, (string Name, object? Value) bound)
    {
        var deleted = session.Query(sql, row => row.ReadId(0), bound, ("$limit", PruneBatch));
        foreach (var id in deleted)
        {
            session.Execute("DELETE FROM dead_letter_messages WHERE letter_id = $id", ("$id", id));
        }

        return deleted.Count;
    }

    private static void Insert(SqliteSession session, DeadLetter letter) => session.Execute(
        """
        INSERT INTO dead_letters (
            id, identity, topic, consumer_group, event_type, line, version, status, exception_type, top_frame, fingerprint,
            first_failed_at, failed_at, retry_count, due, closed_at, batch_id, state)
        VALUES (
            $id, $identity, $topic, $group, $event_type, $line, $version, $status, $exception, $frame, $fingerprint,
            $first_failed, $failed, $retries, $due, $closed, $batch, $state)
        """,
        [
            ("$id", letter.Id), ("$identity", letter.Identity), ("$topic", letter.Message.Topic), ("$group", letter.ConsumerGroup),
            ("$event_type", letter.EventType), ("$line", letter.Line), .. StateOf(letter),
        ]);

    private static int Update(SqliteSession session, DeadLetter letter) => session.Execute(
        """
        UPDATE dead_letters SET
            version = $version, status = $status, exception_type = $exception, top_frame = $frame, fingerprint = $fingerprint,
            first_failed_at = $first_failed, failed_at = $failed, retry_count = $retries, due = $due, closed_at = $closed, batch_id = $batch,
            state = $state
        WHERE id = $id AND version = $version - 1
        """,
        [.. StateOf(letter), ("$id", letter.Id)]);

    private static (string Name, object? Value)[] StateOf(DeadLetter letter) =>
    [
        ("$version", letter.State.Version),
        ("$status", (long)letter.State.Status),
        ("$exception", letter.State.Failure.ExceptionType),
        ("$frame", letter.State.Failure.TopFrame),
        ("$fingerprint", letter.State.Failure.Fingerprint),
        ("$first_failed", letter.State.FirstFailedAt),
        ("$failed", letter.State.Failure.FailedAt),
        ("$retries", letter.State.RetryCount),
        ("$due", letter.State.Due),
        ("$closed", letter.State.ClosedAt),
        ("$batch", letter.State.BatchId),
        ("$state", JsonSerializer.Serialize(letter.State, CoreJson.Default.DeadLetterState)),
    ];

    private static DeadLetter ReadLetter(SqliteDataReader row) =>
        row.ReadJson(0, CoreJson.Default.DeadLetter) with { State = row.ReadJson(1, CoreJson.Default.DeadLetterState) };
}
