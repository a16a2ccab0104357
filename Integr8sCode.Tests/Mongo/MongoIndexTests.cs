using Integr8sCode.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

public sealed class MongoIndexTests() : StoreTests(new MongoTestStores())
{
    private IMongoDatabase Database => Stores.Get<IMongoClient>().GetDatabase(((MongoTestStores)Stores).Url.DatabaseName);

    [Fact]
    public async Task Ten_processes_may_create_the_indexes_at_once_and_again()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => new MongoCollections(Database).PingAsync(Cancellation))));
        await new MongoCollections(Database).PingAsync(Cancellation);

        Assert.Equal(
            [
                "_id_", "by_correlation", "by_recording", "by_service", "by_type", "by_user", "idempotent", "stream", "terminal",
                "unpublished",
            ],
            await NamesAsync("events"));
        Assert.Equal(["_id_", "by_user", "by_worker", "due", "line", "line_of_user"], await NamesAsync("executions"));
    }

    [Fact]
    public async Task Rows_of_the_inbox_expire()
    {
        await Stores.Get<MongoCollections>().PingAsync(Cancellation);

        var expiry = (await IndexesAsync("inbox")).Single(index => index["name"] == "expiry");

        Assert.Equal(TimeSpan.FromDays(30).TotalSeconds, expiry["expireAfterSeconds"].ToDouble());
    }

    private async Task<IEnumerable<string>> NamesAsync(string collection) =>
        (await IndexesAsync(collection)).Select(index => index["name"].AsString).Order(StringComparer.Ordinal);

    private async Task<List<BsonDocument>> IndexesAsync(string collection) =>
        await (await Database.GetCollection<BsonDocument>(collection).Indexes.ListAsync(Cancellation)).ToListAsync(Cancellation);
}
