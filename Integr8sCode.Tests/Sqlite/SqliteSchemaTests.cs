using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-schema-");

    private string Database => Path.Combine(_folder.FullName, "below", "integr8scode.db");

    private StorageOptions Options => new() { ConnectionString = $"Data Source={Database}" };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ten_openers_at_once_make_one_database()
    {
        using var start = new Barrier(10);

        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return SqliteDatabase.Open(Options);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(opened, database => database.Dispose());
    }

    [Fact]
    public async Task What_is_stored_survives_the_next_start()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using (var first = SqliteDatabase.Open(Options))
        {
            await new SqliteInbox(first).AddAsync("group", Guid.Empty, DateTimeOffset.UnixEpoch, cancellation);
        }

        using var second = SqliteDatabase.Open(Options);
        Assert.True(await new SqliteInbox(second).ContainsAsync("group", Guid.Empty, cancellation));
    }

    [Fact]
    public void A_database_of_a_newer_release_is_left_alone()
    {
        SqliteDatabase.Open(Options).Dispose();
        Run("PRAGMA user_version = 99");

        var error = Assert.Throws<InvalidStorageException>(() => SqliteDatabase.Open(Options));

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.WriteAllText(Database, new('x', 5000));

        Assert.StartsWith("ConnectionStrings:integr8scode", Assert.Throws<InvalidStorageException>(() => SqliteDatabase.Open(Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_reach_the_disk_before_they_are_acknowledged()
    {
        using var database = SqliteDatabase.Open(Options);

        var modes = await database.WriteAsync(
            new("TEST", "modes"),
            session => (
                session.Find("PRAGMA journal_mode", row => row.GetString(0)),
                session.Find("PRAGMA synchronous", row => row.GetInt64(0))),
            TestContext.Current.CancellationToken);

        Assert.Equal(("wal", 2), modes); // 2 is FULL
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
