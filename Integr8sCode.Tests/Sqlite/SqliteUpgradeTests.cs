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
            PRAGMA user_version = 1;
            """;
        command.ExecuteNonQuery();
    }
}
