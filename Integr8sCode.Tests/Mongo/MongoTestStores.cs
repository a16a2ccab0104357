using Integr8sCode.Storage;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>A database of its own on the server that <c>ConnectionStrings__integr8scode</c> names, dropped afterwards.</summary>
public sealed class MongoTestStores : TestStores
{
    private readonly MongoUrl _database = TestServer.Database($"integr8scode-test-{Guid.CreateVersion7():N}");

    public MongoTestStores() => Url = new(_database.ToString());

    /// <summary>What the stores connect to; to be changed before they are first used.</summary>
    public MongoUrlBuilder Url { get; }

    public override string ConnectionString => Url.ToString();

    protected override async ValueTask DropAsync()
    {
        using var client = new MongoClient(_database);
        await client.DropDatabaseAsync(_database.DatabaseName);
    }
}
