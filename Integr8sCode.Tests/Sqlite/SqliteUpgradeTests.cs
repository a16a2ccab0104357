using Integr8sCode.DeadLetters;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

public sealed class SqliteUpgradeTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-upgrade-");

    private string Database => Path.Combine(_folder.FullName, "integr8scode.db");

    private StorageOptions Options => new() { ConnectionString = $"Data Source={Database}" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_of_the_first_release_are_found_in_the_order_of_recording()
    {
        var queued = Stories.Accepted(Noon);
        var scheduled = queued.Execution.Schedule(Stories.At(Noon.AddSeconds(-1)))!;
        using (var first = SqliteDatabase.Open(Options))
        {
            var executions = new SqliteExecutionStore(first);
            await executions.AcceptAsync(queued, Cancellation);
            await executions.DoneAsync(scheduled);
        }

        TakeBackToTheFirstRelease();

        using var second = SqliteDatabase.Open(Options);
        var found = await new SqliteEventStore(second).QueryAsync(new() { From = Noon }, new(), Cancellation);
        Assert.Equal([queued.Event.EventId, scheduled.Event.EventId], found!.Select(recorded => recorded.EventId));
    }

    [Fact]
    public async Task Dead_letters_of_the_first_release_are_taken_up()
    {
        SqliteDatabase.Open(Options).Dispose();
        TakeBackToTheFirstRelease();

        using var second = SqliteDatabase.Open(Options);
        var letter = Assert.Single(await new SqliteDeadLetterStore(second).FindDueAsync(Noon, 10, Cancellation));
        Assert.Equal(("sagas", "execution_events", 3, 7L), (letter.ConsumerGroup, letter.Message.Topic, letter.Message.Partition, letter.Message.Offset));
        Assert.Equal([0xC3, 0x28], letter.Message.Value);
        Assert.Equal([0, 255], letter.Message.Headers[0].Value);
        Assert.Equal((DeadLetterStatus.Pending, DeadLetterStage.Decode), (letter.State.Status, letter.State.Failure.Stage));
        Assert.True(await new SqliteDeadLetterStore(second).SaveAsync(letter.Discard(new("admin", Noon, "old", null))!, Cancellation));
    }

    private void TakeBackToTheFirstRelease()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            DROP INDEX events_by_recording;
            DROP INDEX events_by_type;
            DROP INDEX events_by_user;
            DROP INDEX events_by_correlation;
            DROP INDEX events_by_service;
            ALTER TABLE events DROP COLUMN recorded_at;
            DROP TABLE replays;
            DROP TABLE users;
            DROP TABLE rate_limits;
            DROP TABLE user_rate_limits;
            DROP TABLE retry_policies;
            DROP TABLE dead_letter_messages;
            DROP TABLE dead_letters;
            CREATE TABLE dead_letters (
                id BLOB PRIMARY KEY, identity TEXT NOT NULL UNIQUE, failed_at INTEGER NOT NULL, letter TEXT NOT NULL
            ) WITHOUT ROWID;
            CREATE INDEX dead_letters_by_age ON dead_letters (failed_at, id);
            INSERT INTO dead_letters VALUES (x'019c0000000070008000000000000001', 'sagas/1', 639079632000000000, '{
                "id": "019c0000-0000-7000-8000-000000000001", "consumer_group": "sagas", "topic": "execution_events", "partition": 3, "offset": 7,
                "key": "AQ==", "value": "wyg=", "headers": [{ "name": "h", "value": "AP8=" }, { "name": "null" }], "stage": "decode",
                "exception_type": "System.Text.Json.JsonException", "exception_message": "no", "attempts": 1,
                "first_failed_at": "2026-03-01T12:00:00+00:00", "failed_at": "2026-03-01T12:00:00+00:00" }');
            PRAGMA user_version = 1;
            """;
        command.ExecuteNonQuery();
    }
}
