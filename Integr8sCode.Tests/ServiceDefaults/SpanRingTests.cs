using System.Collections.Concurrent;
using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Integr8sCode.TraceKeeping;
using OpenTelemetry;

namespace Integr8sCode.ServiceDefaults;

public sealed class SpanRingTests : IDisposable
{
    private readonly TraceKeeper _keeper = new(KeepSettings.Default with { Spans = 256, PerSecond = 10_000 }, new ManualClock());
    private readonly Exported _exported = new();
    private readonly SpanRing _ring;

    private readonly ActivitySource _source = new("span-ring-tests");
    private readonly ActivityListener _listener;

    public SpanRingTests()
    {
        _ring = new(_keeper, [_exported]);
        _listener = new() { ShouldListenTo = source => source == _source, Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStopped = _ring.OnEnd };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public void It_holds_so_many_spans_and_tells_how_many_it_lost()
    {
        var (lost, held) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        _ring.OnEnd(Ended(lost));
        _ring.OnEnd(Ended(held));
        for (var i = 0; i < 255; i++) _ring.OnEnd(Ended(ActivityTraceId.CreateRandom()));
        Assert.Equal(1, _ring.Overwritten);

        _keeper.Keep(lost, KeepReason.Error);
        _keeper.Keep(held, KeepReason.Error);

        Assert.Equal([held], _exported.Spans.Select(span => span.TraceId));
        Assert.Equal(1, _ring.Overwritten); // what was kept is not lost
    }

    [Fact]
    public void A_few_large_spans_make_room_like_many_small_ones()
    {
        var keeper = new TraceKeeper(KeepSettings.Default with { Spans = 4096, Bytes = 1 << 20 }, new ManualClock());
        using var exported = new Exported();
        using var ring = new SpanRing(keeper, [exported]);
        var traces = Enumerable.Range(0, 1_000).Select(_ => ActivityTraceId.CreateRandom()).ToList();

        foreach (var trace in traces)
        {
            ring.OnEnd(Ended(trace, tag: new('x', 10_000)));
            Assert.InRange(ring.Bytes, 20_000, (1 << 20) * 3 / 4);
        }
        keeper.Keep(traces[0], KeepReason.Error);
        keeper.Keep(traces[^1], KeepReason.Error);

        Assert.InRange(ring.Overwritten, 950, 970); // 786 432 bytes hold 37 of 20 580
        Assert.Equal([traces[^1]], exported.Spans.Select(span => span.TraceId));
    }

    [Fact]
    public void A_span_that_is_larger_than_all_room_does_not_wait()
    {
        _ring.OnEnd(Ended(ActivityTraceId.CreateRandom(), tag: new('x', 9 << 20)));

        Assert.Equal((0, 1), (_ring.Bytes, _ring.Overwritten));
    }

    [Fact]
    public void Requests_that_only_read_do_not_push_out_the_one_that_started_the_work()
    {
        var (submitted, asked) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        EndRequest("POST", submitted);
        for (var i = 0; i < 1_000; i++) EndRequest("GET", i == 990 ? asked : ActivityTraceId.CreateRandom());

        _keeper.Keep(submitted, KeepReason.Error);
        _keeper.Keep(asked, KeepReason.Error);

        Assert.Equal(["query", "POST", "query", "GET"], _exported.Spans.Select(span => span.OperationName));
    }

    [Fact]
    public void A_keep_that_comes_after_spans_have_left_is_counted()
    {
        var (late, early) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        _ring.OnEnd(Ended(late));
        for (var i = 0; i < 255; i++) _ring.OnEnd(Ended(ActivityTraceId.CreateRandom()));
        _ring.OnEnd(Ended(early));

        _keeper.Keep(early, KeepReason.Error);
        Assert.Equal(0, _ring.Incomplete);
        _keeper.Keep(late, KeepReason.Error);
        Assert.Equal(1, _ring.Incomplete);
    }

    [Fact]
    public void What_is_sampled_passes_untouched()
    {
        var sampled = Ended(ActivityTraceId.CreateRandom(), ActivityTraceFlags.Recorded, "ot=th:8");

        _ring.OnEnd(sampled);

        Assert.Same(sampled, Assert.Single(_exported.Spans));
        Assert.Equal(("ot=th:8", null), (sampled.TraceStateString, sampled.GetTagItem(KeepReason.Tag)));
    }

    [Fact]
    public void Who_was_sampled_on_its_own_account_keeps_its_probability_in_a_kept_trace()
    {
        var trace = ActivityTraceId.CreateRandom();
        _keeper.Keep(trace, KeepReason.Slow);

        _ring.OnEnd(Ended(trace, ActivityTraceFlags.Recorded, "ot=th:8"));
        _ring.OnEnd(Ended(trace, ActivityTraceFlags.None, "ot=th:8;rv:00000000000001"));

        Assert.Equal(
            [("ot=th:8", null), ("ot=rv:00000000000001", "slow")],
            _exported.Spans.Select(span => (span.TraceStateString, (string?)span.GetTagItem(KeepReason.Tag))));
    }

    [Fact]
    public async Task Whatever_runs_at_once_each_span_of_a_kept_trace_is_exported_exactly_once()
    {
        const int Traces = 2_000;
        const int SpansOfTrace = 8; // far fewer spans at a time than the ring has places
        for (var i = 0; i < Traces; i++)
        {
            var trace = ActivityTraceId.CreateRandom();
            var spans = Enumerable.Range(0, SpansOfTrace).Select(_ => Ended(trace)).ToArray();
            using var start = new Barrier(3);

            await Task.WhenAll(
                Run(start, () => Array.ForEach(spans[..4], _ring.OnEnd)),
                Run(start, () => Array.ForEach(spans[4..], _ring.OnEnd)),
                Run(start, () => _keeper.Hear(KeepMessage.Write(trace, KeepReason.Error))));
        }

        Assert.Equal(Traces * SpansOfTrace, _exported.Spans.Count);
        Assert.Equal(Traces * SpansOfTrace, _exported.Spans.Distinct().Count());
        Assert.Equal(0, _ring.Bytes);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
        _ring.Dispose();
    }

    private static Task Run(Barrier start, Action action) => Task.Run(() =>
    {
        start.SignalAndWait(TestContext.Current.CancellationToken);
        action();
    });

    private void EndRequest(string method, ActivityTraceId trace)
    {
        var request = _source.StartActivity(method, ActivityKind.Server, new ActivityContext(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.None))!;
        request.SetTag("http.request.method", method);
        _source.StartActivity("query")!.Stop();
        request.Stop();
    }

    private static Activity Ended(
        ActivityTraceId trace, ActivityTraceFlags flags = ActivityTraceFlags.None, string? traceState = null, string? tag = null)
    {
        var span = new Activity("work") { TraceStateString = traceState }.SetParentId(trace, ActivitySpanId.CreateRandom(), flags).Start();
        span.SetTag("text", tag);
        span.Stop();
        return span;
    }

    private sealed class Exported : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Spans { get; } = new();

        public override void OnEnd(Activity data)
        {
            Assert.True(data.Recorded);
            Spans.Enqueue(data);
        }
    }
}
