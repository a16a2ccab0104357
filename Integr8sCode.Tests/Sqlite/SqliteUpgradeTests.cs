using System.Text.Json;
using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Sagas;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <summary>A file as the first release made it, opened by this one.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-upgrade-");
    private readonly SqliteSession _first;

    public SqliteUpgradeTests()
    {
        _first = new(new SqliteConnection($"Data Source={Database};Pooling=false"));
        _first.Open(SqliteSchema.Configure);
        _first.Execute($"{SqliteSchema.Upgrades[0]} PRAGMA user_version = 1");
    }

    private string Database => Path.Combine(_folder.FullName, "integr8scode.db");

    private StorageOptions Options => new() { ConnectionString = $"Data Source={Database}" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _first.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Events_of_the_first_release_are_found_in_the_order_of_recording()
    {
        var queued = Stories.Accepted(Noon);
        var scheduled = queued.Execution.Schedule(Stories.At(Noon.AddSeconds(-1)))!;
        Keep(queued.Event);
        Keep(scheduled.Event);

        using var database = SqliteDatabase.Open(Options);
        var found = await new SqliteEventStore(database).QueryAsync(new() { From = Noon }, new(), Cancellation);
        Assert.Equal([queued.Event.EventId, scheduled.Event.EventId], found!.Select(recorded => recorded.EventId));
    }

    [Fact]
    public async Task Sagas_of_the_first_release_belong_to_the_user_of_their_execution()
    {
        var execution = Stories.Accepted(Noon, "alice").Execution;
        var saga = Saga.Start(execution.Id, "alice", SagaStep.AwaitOutcome, Noon, Noon).End(SagaStatus.Completed, Noon)!;
        _first.Execute(
            """
            INSERT INTO executions (id, user_id, language, requested_at, correlation_id, status, sequence, scheduled_at, state)
            VALUES ($id, 'alice', 'python', 0, 'c', 3, 4, 0, '{}')
            """,
            ("$id", execution.Id));
        _first.Execute(
            "INSERT INTO sagas (id, version, saga) VALUES ($id, $version, json_remove($saga, '$.user_id', '$.is_released'))",
            ("$id", saga.Id), ("$version", saga.Version), ("$saga", JsonSerializer.Serialize(saga, CoreJson.Default.Saga)));

        using var database = SqliteDatabase.Open(Options);
        Assert.Equal([saga], await new SqliteSagaStore(database).ListAsync(new("alice", SagaStatus.Completed), Cancellation));
    }

    [Fact]
    public async Task Dead_letters_of_the_first_release_are_taken_up()
    {
        _first.Execute(
            """
            INSERT INTO dead_letters VALUES (x'019c0000000070008000000000000001', 'sagas/1', 639079632000000000, '{
                "id": "019c0000-0000-7000-8000-000000000001", "consumer_group": "sagas", "topic": "execution_events", "partition": 3, "offset": 7,
                "key": "AQ==", "value": "wyg=", "headers": [{ "name": "h", "value": "AP8=" }, { "name": "null" }], "stage": "decode",
                "exception_type": "System.Text.Json.JsonException", "exception_message": "no", "attempts": 1,
                "first_failed_at": "2026-03-01T12:00:00+00:00", "failed_at": "2026-03-01T12:00:00+00:00" }')
            """);

        using var database = SqliteDatabase.Open(Options);
        var letter = Assert.Single(await new SqliteDeadLetterStore(database).FindDueAsync(Noon, 10, Cancellation));
        Assert.Equal(("sagas", "execution_events", 3, 7L), (letter.ConsumerGroup, letter.Message.Topic, letter.Message.Partition, letter.Message.Offset));
        Assert.Equal([0xC3, 0x28], letter.Message.Value);
        Assert.Equal([0, 255], letter.Message.Headers[0].Value);
        Assert.Equal((DeadLetterStatus.Pending, DeadLetterStage.Decode), (letter.State.Status, letter.State.Failure.Stage));
        Assert.True(await new SqliteDeadLetterStore(database).SaveAsync(letter.Discard(new("admin", Noon, "old", null))!, Cancellation));
    }

    private void Keep(Event recorded) => _first.Execute(
        """
        INSERT INTO events (event_id, execution_id, sequence, time, type, version, correlation_id, user_id, service, data)
        VALUES ($event, $execution, $sequence, $time, $type, 1, 'c', 'alice', 'test', '{}')
        """,
        ("$event", recorded.EventId), ("$execution", recorded.ExecutionId), ("$sequence", recorded.Sequence),
        ("$time", recorded.Time), ("$type", recorded.Type));
}
