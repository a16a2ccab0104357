using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

public sealed class ServerErrorTests : StoreTests
{
    private readonly ScriptedServer _server;

    public ServerErrorTests() : this(new ScriptedStores())
    {
    }

    private ServerErrorTests(ScriptedStores stores) : base(stores) => _server = stores.Server;

    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    [Theory]
    [InlineData("{ ok: 0, code: 13, errmsg: 'not authorized' }", "may not read and write")]
    [InlineData("{ ok: 0, code: 50, errmsg: 'operation exceeded time limit' }", "overloaded")]
    [InlineData("{ ok: 0, code: 10107, errmsg: 'not primary' }", "starting, stopping or overloaded")]
    [InlineData("{ ok: 0, code: 11600, errmsg: 'interrupted at shutdown' }", "starting, stopping or overloaded")]
    [InlineData("{ ok: 0, code: 14031, errmsg: 'available disk space is less than required' }", "disk of the MongoDB server is full")]
    [InlineData("{ ok: 1, n: 0, writeErrors: [{ index: 0, code: 14031, errmsg: 'no space' }] }", "disk of the MongoDB server is full")]
    [InlineData("{ ok: 1, n: 1, writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } }", "not confirmed")]
    public async Task What_the_server_refuses_is_unavailable_and_says_why(string answer, string reason)
    {
        AnswerInsertsWith(BsonDocument.Parse(answer));

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => Executions.AcceptAsync(Stories.Accepted(Noon), Cancellation));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_calls_own_fault_stays_what_it_is()
    {
        AnswerInsertsWith(BsonDocument.Parse("{ ok: 0, code: 2, errmsg: 'bad value' }"));

        await Assert.ThrowsAsync<MongoCommandException>(() => Executions.AcceptAsync(Stories.Accepted(Noon), Cancellation));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task An_event_that_is_there_is_this_calls_own_only_after_a_broken_connection(bool breaks, int inserts)
    {
        var queued = Stories.Accepted(Noon).Execution;
        var change = queued.Schedule(Stories.At(Noon))!;
        _server.Answer = command => (command.GetElement(0).Name, command[0].ToString()) switch
        {
            ("insert", "events") when breaks && _server.Sent("insert").Count == 1 => null,
            ("insert", "events") => BsonDocument.Parse("{ ok: 1, n: 0, writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key' }] }"),
            ("find", "executions") => ScriptedServer.Found(new BsonDocument { ["Sequence"] = 1L, ["RecordedAt"] = Noon.UtcTicks }),
            ("find", "events") => ScriptedServer.Found(EventDocument.Of(change, Noon).ToBsonDocument()),
            _ => ScriptedServer.Success(command),
        };

        Assert.Equal(breaks, await Executions.AppendAsync(change, Cancellation));

        Assert.Equal(inserts, _server.Sent("insert").Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_twice_is_unavailable()
    {
        AnswerInsertsWith(null);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Executions.AcceptAsync(Stories.Accepted(Noon), Cancellation));

        Assert.Equal(2, _server.Sent("insert").Count);
    }

    [Fact]
    public async Task A_message_that_was_handled_already_is_no_error()
    {
        AnswerInsertsWith(BsonDocument.Parse("{ ok: 1, n: 0, writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key' }] }"));

        await Stores.Get<IInbox>().AddAsync("saga", Guid.CreateVersion7(), Noon, Cancellation);
    }

    private void AnswerInsertsWith(BsonDocument? answer) =>
        _server.Answer = command => command.GetElement(0).Name == "insert" ? answer : ScriptedServer.Success(command);
}
