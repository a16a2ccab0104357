using System.Collections.Concurrent;
using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Leases;
using Integr8sCode.Storage;
using MongoDB.Bson;

namespace Integr8sCode.Mongo;

public sealed class MongoSpanTests : StoreTests
{
    private readonly Activity _root = new("test");
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;
    private readonly ScriptedServer _server;

    public MongoSpanTests() : this(new ScriptedStores())
    {
    }

    private MongoSpanTests(ScriptedStores stores) : base(stores)
    {
        _server = stores.Server;
        _root.SetIdFormat(ActivityIdFormat.W3C);
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "MongoDB.Driver",
            // Other tests run beside this one: only its own trace is recorded.
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == _root.TraceId)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private IEnumerable<Activity> Operations => _spans.Where(span => span.GetTagItem("db.operation.name") is not null);

    [Fact]
    public async Task The_drivers_span_tells_which_event_it_keeps_and_the_callers_span_does_not()
    {
        var accepted = Stories.Accepted(Noon);

        await InTraceAsync(() => Stores.Get<IExecutionStore>().AcceptAsync(accepted, Cancellation));

        var insert = Operations.Single(span => span.GetTagItem("db.collection.name") is "events" && span.GetTagItem("db.operation.name") is "insert");
        Assert.Equal(_root.SpanId, insert.ParentSpanId);
        Assert.Equal("mongodb", insert.GetTagItem("db.system.name"));
        Assert.Equal(accepted.Event.EventId.ToString(), insert.GetTagItem("event.id"));
        Assert.Equal("execution.requested", insert.GetTagItem("event.type"));
        Assert.Equal(accepted.Execution.Id.ToString(), insert.GetTagItem("execution.id"));
        Assert.Single(_spans, span => span.GetTagItem("event.id") is not null);
        Assert.Null(_root.GetTagItem("event.id"));
    }

    [Fact]
    public async Task A_batch_tells_its_size_and_a_single_event_does_not()
    {
        await InTraceAsync(async () =>
        {
            await Stores.Get<IEventStore>().MarkPublishedAsync([Guid.CreateVersion7(), Guid.CreateVersion7()], Cancellation);
            await Stores.Get<IEventStore>().MarkPublishedAsync([Guid.CreateVersion7()], Cancellation);
        });

        var marks = Operations.Where(span => span.GetTagItem("db.operation.name") is "update");
        Assert.Equal([2, null], marks.Select(span => span.GetTagItem("db.operation.batch.size")));
    }

    [Fact]
    public async Task A_stale_change_is_refused_without_an_error_span()
    {
        var queued = Stories.Accepted(Noon).Execution;
        _server.Answer = command => command.GetElement(0) == new BsonElement("find", "executions")
            ? ScriptedServer.Found(new BsonDocument { ["Sequence"] = 2L, ["RecordedAt"] = Noon.UtcTicks })
            : ScriptedServer.Success(command);

        await InTraceAsync(() => Stores.Get<IExecutionStore>().AppendAsync(queued.Cancel("alice", Stories.At(Noon))!, Cancellation));

        Assert.NotEmpty(_spans);
        Assert.DoesNotContain(_spans, span => span.Status is ActivityStatusCode.Error);
    }

    [Fact]
    public async Task A_loop_outside_any_span_starts_no_trace()
    {
        var roots = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MongoDB.Driver",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.PropagationData,
            ActivityStarted = span =>
            {
                if (span.ParentId is null && span.GetTagItem("db.collection.name") is "leases")
                {
                    roots.Enqueue(span.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        Activity.Current = null;

        await Stores.Get<ILeaseStore>().TryAcquireAsync("relay", "me", Noon, TimeSpan.FromSeconds(1), Cancellation);

        Assert.Empty(roots);
        Assert.Null(Activity.Current);
    }

    private async Task InTraceAsync(Func<Task> work)
    {
        await Stores.Get<MongoCollections>().PingAsync(Cancellation);
        _root.Start();
        await work();
        _root.Stop();
        _listener.Dispose();
    }
}
