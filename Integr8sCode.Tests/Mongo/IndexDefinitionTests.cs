using Integr8sCode.Storage;
using MongoDB.Bson;

namespace Integr8sCode.Mongo;

/// <summary>What the stores ask for when they start; that MongoDB has it then is for <see cref="MongoIndexTests"/>.</summary>
public sealed class IndexDefinitionTests : StoreTests
{
    private readonly ScriptedServer _server;

    public IndexDefinitionTests() : this(new ScriptedStores())
    {
    }

    private IndexDefinitionTests(ScriptedStores stores) : base(stores) => _server = stores.Server;

    [Fact]
    public async Task Uniqueness_that_a_change_rests_on_is_the_servers() => Assert.Equal(
        [
            "dead_letters { identity: 1 }",
            "events { execution_id: 1 } where { terminal: true }",
            "events { execution_id: 1, sequence: 1 }",
            "events { user_id: 1, idempotency_key: 1 } where { idempotency_key: { $exists: true } }",
            "execution_output_chunks { execution_id: 1, position: 1 }",
        ],
        Shown(await IndexesAsync(index => index.Contains("unique"))));

    [Fact]
    public async Task What_few_documents_have_is_indexed_for_those_only() => Assert.Equal(
        [
            "events { published: 1, recorded_at: 1, sequence: 1 } where { published: false }",
            "executions { worker_id: 1 } where { status: 'Running' }",
            "notifications { due: 1 } where { due: { $exists: true } }",
            "notifications { user_id: 1 } where { channel: 'InApp', status: 'Delivered' }",
            "replays { free_at: 1 } where { free_at: { $exists: true } }",
        ],
        Shown(await IndexesAsync(index => index.Contains("partialFilterExpression") && !index.Contains("unique"))));

    [Fact]
    public async Task What_may_expire_does_so_by_itself() => Assert.Equal(
        ["execution_output_chunks written_at 1.00:00:00", "inbox noted_at 30.00:00:00", "rate_limit_counters expires_at 00:00:00"],
        (await IndexesAsync(index => index.Contains("expireAfterSeconds")))
            .Select(index => $"{index.Collection} {index.Definition["key"].AsBsonDocument.GetElement(0).Name} {TimeSpan.FromSeconds(index.Definition["expireAfterSeconds"].ToDouble())}")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_process_asks_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Stores.Get<MongoCollections>().PingAsync(Cancellation)));

        Assert.Equal(5, _server.Sent("ping").Count);
        Assert.Equal(_server.Sent("createIndexes").DistinctBy(command => command[0]), _server.Sent("createIndexes"));
    }

    private async Task<IEnumerable<(string Collection, BsonDocument Definition)>> IndexesAsync(Func<BsonDocument, bool> which)
    {
        await Stores.Get<MongoCollections>().PingAsync(Cancellation);
        return _server.Sent("createIndexes").SelectMany(
            command => command["indexes"].AsBsonArray.Select(index => (command[0].AsString, index.AsBsonDocument)).Where(index => which(index.AsBsonDocument)));
    }

    private static IEnumerable<string> Shown(IEnumerable<(string Collection, BsonDocument Definition)> indexes) => indexes
        .Select(index => $"{index.Collection} {Show(index.Definition["key"])}" +
            (index.Definition.TryGetValue("partialFilterExpression", out var filter) ? $" where {Show(filter)}" : ""))
        .Order(StringComparer.Ordinal);

    private static string Show(BsonValue value) => value.ToJson().Replace("\" :", ":", StringComparison.Ordinal)
        .Replace("{ \"", "{ ", StringComparison.Ordinal).Replace(", \"", ", ", StringComparison.Ordinal).Replace('"', '\'');
}
