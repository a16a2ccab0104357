using System.Text.Json;
using Integr8sCode.Storage;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Integr8sCode.Mongo;

public sealed class DocumentTests
{
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(7);

    static DocumentTests() => MongoConventions.Register();

    [Fact]
    public void An_event_is_kept_under_the_names_that_its_indexes_have()
    {
        var accepted = Stories.Accepted(Noon, key: "key-1");

        var stored = EventDocument.First(accepted).ToBsonDocument();

        Assert.Equal(
            [
                "_id", "execution_id", "sequence", "type", "version", "time", "correlation_id", "user_id", "service", "trace_parent", "trace_state",
                "data", "state", "recorded_at", "published", "trace_id", "idempotency_key",
            ],
            stored.Names);
        Assert.Equal((BsonBinarySubType.UuidStandard, accepted.Event.EventId), (stored["_id"].AsBsonBinaryData.SubType, stored["_id"].AsGuid));
        Assert.Equal(Noon.UtcTicks, stored["recorded_at"].AsInt64);
        Assert.Equal("print(1)", stored["data"]["script"].AsString);
    }

    [Fact]
    public void An_execution_comes_back_as_it_was_to_the_tick()
    {
        var running = Stories.Accepted(Noon).Execution.Schedule(Stories.At(Noon))!.Execution
            .Start(Stories.Worker, TimeSpan.FromSeconds(30), Stories.At(Noon.AddTicks(1)))!.Execution;

        var stored = ExecutionDocument.Of(running, Noon).ToBsonDocument();

        Assert.Equal(("Running", running.State.LeaseUntil!.Value.UtcTicks), (stored["status"].AsString, stored["due"].AsInt64));
        Assert.Equivalent(running, BsonSerializer.Deserialize<ExecutionDocument>(stored).ToExecution(), strict: true);
    }

    [Theory]
    [InlineData("""{"a":{"b":[1,2.5,-9223372036854775808,true,false,null,"x"]}}""")]
    [InlineData("""{"with.dot":1,"$dollar":2,"":3,"ünï":"\u0000\uD83D\uDE00"}""")]
    [InlineData("[[],{}]")]
    [InlineData("1E+300")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Data_comes_back_as_the_same_json(string json)
    {
        using var data = JsonDocument.Parse(json);
        var recorded = EventDocument.First(Stories.Accepted(Noon)) with { Data = data.RootElement };

        var stored = BsonSerializer.Deserialize<EventDocument>(recorded.ToBson());

        Assert.True(JsonElement.DeepEquals(data.RootElement, stored.Data), stored.Data.GetRawText());
    }

    [Fact]
    public void The_event_of_an_execution_gives_the_execution_back()
    {
        var accepted = Stories.Accepted(Noon, key: "key-1");

        var stored = BsonSerializer.Deserialize<EventDocument>(EventDocument.First(accepted).ToBson());

        Assert.Equivalent(accepted.Execution, stored.ToExecution(), strict: true);
        Assert.Equivalent(accepted.Event with { Data = default }, stored.ToEvent() with { Data = default }, strict: true);
    }
}
