using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Leases;
using Integr8sCode.RateLimits;
using Integr8sCode.Storage;
using MongoDB.Bson;

namespace Integr8sCode.Mongo;

public sealed class SentCommandTests : StoreTests
{
    private static readonly BsonDocument Durable = new() { ["w"] = "majority", ["j"] = true };
    private static readonly BsonDocument Fast = new("w", 1);

    private readonly ScriptedServer _server;

    public SentCommandTests() : this(new ScriptedStores())
    {
    }

    private SentCommandTests(ScriptedStores stores) : base(stores) => _server = stores.Server;

    [Fact]
    public async Task What_was_accepted_is_on_the_disk_of_a_majority()
    {
        await Stores.Get<IExecutionStore>().AcceptAsync(Stories.Accepted(Noon), Cancellation);

        Assert.Equal([("events", Durable), ("executions", Durable)], Concerns("insert"));
    }

    [Fact]
    public async Task An_end_and_its_output_are_on_the_disk_of_a_majority()
    {
        var running = Stories.Accepted(Noon).Execution.Schedule(Stories.At(Noon))!.Execution
            .Start(Stories.Worker, TimeSpan.FromSeconds(30), Stories.At(Noon))!.Execution;
        _server.Answer = command => command.GetElement(0) == new BsonElement("find", "executions")
            ? ScriptedServer.Found(new BsonDocument { ["Sequence"] = running.State.Sequence, ["RecordedAt"] = Noon.UtcTicks })
            : ScriptedServer.Success(command);

        await Stores.Get<IExecutionStore>().DoneAsync(running.Finish(Stories.Worker, 1, Stories.Success, new([1], [2]), Stories.At(Noon)));

        Assert.Equal([("events", Durable)], Concerns("insert"));
        Assert.Equal([("execution_outputs", Durable), ("executions", Durable)], Concerns("update"));
    }

    [Fact]
    public async Task What_may_be_lost_waits_for_no_disk()
    {
        await Stores.Get<IInbox>().AddAsync("saga", Guid.CreateVersion7(), Noon, Cancellation);
        await Stores.Get<ILeaseStore>().TryAcquireAsync("relay", "me", Noon, TimeSpan.FromSeconds(1), Cancellation);
        await Stores.Get<IEventStore>().MarkPublishedAsync([Guid.CreateVersion7()], Cancellation);
        await Stores.Get<IExecutionStore>().RenewLeasesAsync(Stories.Worker, [Guid.CreateVersion7()], Noon, Cancellation);

        Assert.Equal([("inbox", Fast)], Concerns("insert"));
        Assert.Equal([("leases", Fast), ("events", Fast), ("executions", Fast)], Concerns("update"));
    }

    [Fact]
    public async Task Marks_are_sent_in_batches_of_a_thousand()
    {
        await Stores.Get<IEventStore>().MarkPublishedAsync([.. Enumerable.Range(0, 2500).Select(_ => Guid.CreateVersion7())], Cancellation);

        Assert.Equal(
            [1000, 1000, 500],
            _server.Sent("update").Select(command => command["updates"][0]["q"]["_id"]["$in"].AsBsonArray.Count));
    }

    [Fact]
    public async Task A_decision_of_a_rate_limit_is_one_update_that_the_server_runs_by_its_own_clock()
    {
        var rule = new RateLimitRule("window", RateLimitGroups.Api, Requests: 5, WindowSeconds: 60);
        _server.Answer = command => command.GetElement(0).Name == "findAndModify"
            ? new() { ["ok"] = 1, ["value"] = new BsonDocument { ["_id"] = "x", ["allowed"] = true, ["hits"] = new BsonArray { Noon.UtcTicks } } }
            : ScriptedServer.Success(command);

        var decision = await Stores.Get<IRateLimitStore>().TakeAsync("user:alice", rule, Noon, Cancellation);

        Assert.True(decision.Allowed);
        Assert.Equal(4, decision.Remaining);
        var update = Assert.Single(_server.Sent("findAndModify"));
        Assert.Equal(("user:alice/window/SlidingWindow/60", true, true), (update["query"]["_id"].AsString, update["upsert"].AsBoolean, update["new"].AsBoolean));
        var set = update["update"].AsBsonArray[^1]["$set"];
        Assert.Equal(BsonDocument.Parse("{ $add: ['$$NOW', NumberLong(60001)] }"), set["expires_at"]);
    }

    private IEnumerable<(string Collection, BsonDocument Concern)> Concerns(string command) =>
        _server.Sent(command).Select(sent => (sent[0].AsString, sent["writeConcern"].AsBsonDocument));
}
