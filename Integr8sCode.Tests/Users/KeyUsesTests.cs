using Integr8sCode.Infrastructure;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integr8sCode.Users;

public sealed class KeyUsesTests : StoreTests
{
    private readonly string _path;
    private readonly ManualClock _clock = new();

    public KeyUsesTests() : this(new SqliteTestStores()) { }

    private KeyUsesTests(SqliteTestStores stores) : base(stores) => _path = stores.Path;

    private IApiKeyStore Keys => Stores.Get<IApiKeyStore>();

    [Fact]
    public async Task What_could_not_be_written_while_the_store_was_away_is_written_when_it_is_back()
    {
        var key = ApiKey.Of(ApiKey.Generate(), "alice", Noon);
        await Keys.SaveAsync(key, Cancellation);
        using var uses = new KeyUses(Keys, _clock, NullLogger<KeyUses>.Instance);
        uses.Note(key.Id, Noon.AddHours(1));

        using (Lock())
        {
            await uses.StopAsync(Cancellation); // writes, as every minute does
        }

        Assert.Null(Assert.Single(await Keys.ListAsync("alice", Cancellation)).LastUsedAt);
        await uses.StopAsync(Cancellation);
        Assert.Equal(Noon.AddHours(1), Assert.Single(await Keys.ListAsync("alice", Cancellation)).LastUsedAt);
    }

    [Fact]
    public async Task A_key_that_is_remembered_is_refused_from_its_expiry_on()
    {
        var key = ApiKey.Generate();
        await Stores.Get<IUserStore>().AddAsync(new("alice", UserRole.User, IsDisabled: false, Noon), Cancellation);
        await Keys.SaveAsync(ApiKey.Of(key, "alice", Noon) with { ExpiresAt = _clock.GetUtcNow().AddSeconds(1) }, Cancellation);
        using var uses = new KeyUses(Keys, _clock, NullLogger<KeyUses>.Instance);
        using var directory = new ApiKeyDirectory(Keys, Stores.Get<IUserStore>(), uses, _clock);
        Assert.NotNull(await directory.FindAsync(key, Cancellation));
        Assert.NotNull(directory.FindRemembered(key));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(directory.FindRemembered(key));
        Assert.Null(await directory.FindAsync(key, Cancellation));
    }

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}
