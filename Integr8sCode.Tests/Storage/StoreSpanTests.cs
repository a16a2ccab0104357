using System.Collections.Concurrent;
using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;

namespace Integr8sCode.Storage;

public sealed class StoreSpanTests : StoreTests
{
    private readonly Activity _root = new("test");
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public StoreSpanTests() : base(new SqliteTestStores())
    {
        _root.SetIdFormat(ActivityIdFormat.W3C);
        _listener = new()
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
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

    // A listener left behind would hear every later test.
    public override ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return base.DisposeAsync();
    }

    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    [Fact]
    public async Task Accepting_is_a_client_span_under_the_current_one()
    {
        var accepted = Stories.Accepted(Noon);

        await InTraceAsync(() => Executions.AcceptAsync(accepted, Cancellation));

        var span = Assert.Single(_spans);
        Assert.Equal("INSERT executions", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(_root.SpanId, span.ParentSpanId);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["db.system.name"] = "sqlite",
                ["db.operation.name"] = "INSERT",
                ["db.collection.name"] = "executions",
                ["event.id"] = accepted.Event.EventId.ToString(),
                ["event.type"] = "execution.requested",
                ["execution.id"] = accepted.Execution.Id.ToString(),
            },
            span.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task A_batch_tells_its_size_and_a_single_event_does_not()
    {
        await InTraceAsync(async () =>
        {
            await Stores.Get<IEventStore>().MarkPublishedAsync([Guid.CreateVersion7(), Guid.CreateVersion7()], Cancellation);
            await Stores.Get<IEventStore>().MarkPublishedAsync([Guid.CreateVersion7()], Cancellation);
        });

        Assert.Equal(["UPDATE events", "UPDATE events"], _spans.Select(span => span.DisplayName));
        Assert.Equal([2, null], _spans.Select(span => span.GetTagItem("db.operation.batch.size")));
    }

    [Fact]
    public async Task Reads_have_spans_too()
    {
        await InTraceAsync(async () =>
        {
            await Executions.FindAsync(Guid.CreateVersion7(), Cancellation);
            await Executions.FindOutputAsync(Guid.CreateVersion7(), Cancellation);
            await Stores.Get<IEventStore>().ListAsync(Guid.CreateVersion7(), Cancellation);
        });

        Assert.Equal(
            ["SELECT executions", "SELECT execution_outputs", "SELECT events"], _spans.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task A_failed_call_has_error_status()
    {
        var first = Stories.Accepted(Noon);
        var second = Stories.Accepted(Noon);
        await Executions.AcceptAsync(first, Cancellation);

        await InTraceAsync(() => Assert.ThrowsAsync<InvalidOperationException>(() => Executions.AcceptAsync(
            second with { Event = second.Event with { EventId = first.Event.EventId } }, Cancellation)));

        var span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_refused_change_is_no_error()
    {
        await InTraceAsync(() => Executions.AppendAsync(Stories.Accepted(Noon).Execution.Schedule(Stories.At(Noon))!, Cancellation));

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_spans).Status);
    }

    [Fact]
    public async Task A_loop_outside_any_span_starts_no_trace()
    {
        var roots = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.PropagationData,
            ActivityStarted = span => roots += span.DisplayName.EndsWith(" leases", StringComparison.Ordinal) ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        Activity.Current = null;

        await Stores.Get<Leases.ILeaseStore>().TryAcquireAsync("relay", "me", Noon, TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal(0, roots);
    }

    private async Task InTraceAsync(Func<Task> work)
    {
        _root.Start();
        await work();
        _root.Stop();
    }
}
