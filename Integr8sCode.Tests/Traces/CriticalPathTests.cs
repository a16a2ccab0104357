using static Integr8sCode.Traces.TimelineSpans;

namespace Integr8sCode.Traces;

using static System.Diagnostics.ActivityKind; // here it comes before Integr8sCode.Client

public sealed class CriticalPathTests
{
    [Fact]
    public void Calls_back_to_back_are_all_on_the_path_and_a_parallel_one_is_not()
    {
        var path = EndToEnd(
            Span("R", null, 0, 100, Server), Span("A", "R", 10, 40, Client), Span("B", "R", 40, 90, Client), Span("C", "R", 15, 60, Internal));

        Assert.Equal("B=50 A=30 R=20", path.Times());
    }

    [Fact]
    public void Work_handed_over_by_a_message_prolongs_the_request()
    {
        var path = EndToEnd(
            Span("R", null, 0, 12, Server), Span("D", "R", 1, 6, Client), Span("P", "R", 7, 10, Producer),
            Span("C", "P", 50, 200, Consumer), Span("X", "C", 60, 180, Internal), Span("W", "C", 185, 195, Client));

        Assert.Equal("X=120 queue_wait=40 C=20 W=10 D=5 P=3 R=2", path.Times());
        Assert.Equal(200_000, path.Duration);
    }

    [Fact]
    public void A_retry_shows_its_back_off_apart_from_the_queue()
    {
        var path = EndToEnd(
            Span("R", null, 0, 10, Server), Span("P", "R", 5, 8, Producer), Span("C1", "P", 20, 60, Consumer), Span("P2", "C1", 55, 58, Producer),
            Span("C2", "P2", 1100, 1200, Consumer).With("app.retry.not_before", 1058), Span("X", "C2", 1110, 1190, Internal));

        Assert.Equal("retry_backoff=1000 X=80 queue_wait=54 C1=35 C2=20 R=5 P=3 P2=3", path.Times());
    }

    [Fact]
    public void A_clock_that_is_behind_is_moved_to_its_cause_and_flagged()
    {
        var tree = SpanTree.Of(
        [
            Span("R", null, 100, 112, Server), Span("P", "R", 105, 108, Producer),
            Span("C", "P", 90, 150, Consumer, "worker"), Span("X", "C", 95, 140, Internal, "worker"),
        ])!;

        var path = CriticalPath.EndToEnd(tree);

        Assert.Equal("X=45 C=15 R=5", path.Times());
        Assert.Equal(65_000, path.Duration);
        Assert.Equal("C", Assert.Single(tree.Nodes, node => node.IsSkewed).Span.SpanId);
        Assert.Equal(15_000, tree.Nodes.Single(node => node.Span.SpanId == "X").Shift);
    }

    [Fact]
    public void The_later_of_two_consumers_decides_and_work_without_a_parent_does_not_count()
    {
        var path = EndToEnd(
            Span("R", null, 0, 10, Server), Span("P", "R", 2, 5, Producer), Span("C1", "P", 10, 30, Consumer), Span("C2", "P", 12, 80, Consumer),
            Span("H", "C2", 20, 79, Client), Span("Z", "lost", 40, 500, Internal));

        Assert.Equal("H=59 C2=9 queue_wait=7 P=3 R=2", path.Times());
    }

    [Fact]
    public void A_call_that_was_given_up_counts_until_its_caller_went_on()
    {
        var path = EndToEnd(Span("R", null, 0, 100, Server), Span("A", "R", 10, 400, Client));

        Assert.Equal("A=90 R=10", path.Times());
    }

    [Fact]
    public void What_a_call_that_was_given_up_called_counts_as_long()
    {
        var path = EndToEnd(Span("R", null, 0, 100, Server), Span("A", "R", 10, 400, Client), Span("B", "A", 20, 390, Client));

        Assert.Equal("B=80 A=10 R=10", path.Times());
    }

    [Fact]
    public void A_call_that_was_given_up_changes_nothing_beside_a_message_whatever_the_order_of_the_spans()
    {
        TraceSpan[] spans =
        [
            Span("R", null, 0, 12, Server), Span("D", "R", 1, 6, Client), Span("P", "R", 7, 10, Producer), Span("A", "R", 11, 400, Client),
            Span("C", "P", 50, 200, Consumer), Span("X", "C", 60, 180, Internal), Span("W", "C", 185, 195, Client),
        ];

        for (var i = 0; i < 100; i++)
        {
            Random.Shared.Shuffle(spans);
            Assert.Equal("X=120 queue_wait=40 C=20 W=10 D=5 P=3 R=2", EndToEnd(spans).Times());
        }
    }

    [Fact]
    public void A_call_that_was_given_up_does_not_hide_the_message()
    {
        var path = EndToEnd(
            Span("R", null, 0, 10, Server), Span("P", "R", 2, 4, Producer), Span("C", "P", 20, 100, Consumer), Span("A", "R", 4, 40, Internal));

        Assert.Equal("C=80 queue_wait=16 P=2 R=2", path.Times());
    }

    [Fact]
    public void A_message_of_a_call_that_was_given_up_still_counts()
    {
        var path = EndToEnd(
            Span("R", null, 0, 100, Server), Span("A", "R", 10, 400, Internal), Span("P", "A", 50, 60, Producer), Span("C", "P", 200, 300, Consumer));

        Assert.Equal("queue_wait=140 C=100 A=40 P=10 R=10", path.Times());
    }

    [Fact]
    public void The_response_is_what_the_caller_waited_for()
    {
        var tree = SpanTree.Of(
        [
            Span("R", null, 0, 12, Server), Span("D", "R", 1, 6, Client), Span("P", "R", 7, 15, Producer), Span("C", "P", 50, 200, Consumer),
        ])!;

        Assert.Equal("D=5 P=5 R=2", CriticalPath.Response(tree, tree.Root).Times());
        Assert.Equal("C=150", CriticalPath.Response(tree, tree.Nodes[^1]).Times());
    }

    [Fact]
    public void Another_attempt_by_the_same_consumer_waits_for_its_back_off()
    {
        var path = EndToEnd(
            Span("R", null, 0, 10, Server), Span("P", "R", 2, 4, Producer), Span("C1", "P", 10, 30, Consumer),
            Span("C2", "P", 130, 150, Consumer).With("app.attempt", 2));

        Assert.Equal("retry_backoff=100 C1=20 C2=20 queue_wait=6 P=2 R=2", path.Times());
    }

    [Fact]
    public void Where_the_spans_of_a_service_are_missing_there_is_a_gap()
    {
        var tree = SpanTree.Of([Span("R", null, 0, 10, Server), Span("P", "R", 2, 4, Producer), Span("C", "lost", 50, 80, Consumer)])!;

        Assert.Equal("gap=40 C=30 R=8 P=2", CriticalPath.EndToEnd(tree).Times());
        Assert.Equal(["lost"], tree.MissingParents);
    }

    [Fact]
    public void Each_kind_of_work_is_a_category_and_what_it_calls_belongs_to_a_limit_or_a_notification()
    {
        var path = EndToEnd(
            Span("R", null, 0, 45, Server), Span("L", "R", 0, 10, Internal) with { Name = "rate_limit.check" },
            Span("LD", "L", 2, 6, Client).With("db.system.name", "sqlite"), Span("D", "R", 10, 30, Client).With("db.system.name", "sqlite"),
            Span("P", "R", 30, 40, Producer), Span("C", "P", 60, 100, Consumer), Span("N", "C", 70, 90, Internal) with { Name = "notification.deliver" },
            Span("NH", "N", 75, 85, Client), Span("H", "C", 92, 98, Client));

        Assert.Equal(
            [
                (TimeCategory.OwnCode, 14_000), (TimeCategory.RateLimit, 10_000), (TimeCategory.Database, 20_000), (TimeCategory.Publish, 10_000),
                (TimeCategory.QueueWait, 20_000), (TimeCategory.Notification, 20_000), (TimeCategory.Http, 6_000),
            ],
            path.TimeByCategory.Select(time => (time.Key, time.Value)).OrderBy(time => time.Key));
    }

    [Theory]
    [InlineData(Server, 0)]
    [InlineData(Consumer, 1)]
    public void A_request_may_have_a_caller_that_is_not_there_and_a_message_may_not(System.Diagnostics.ActivityKind kind, int missing) =>
        Assert.Equal(missing, SpanTree.Of([Span("first", "elsewhere", 0, 10, kind), Span("second", "first", 1, 2, Internal)])!.MissingParents.Count);

    [Fact]
    public void A_span_without_a_parent_that_links_to_one_other_follows_from_it()
    {
        var path = EndToEnd(
            Span("R", null, 0, 10, Server), Span("P", "R", 2, 4, Producer),
            Span("C", null, 20, 30, Consumer) with { Links = [new("trace", "P")] });

        Assert.Equal("queue_wait=16 C=10 P=2 R=2", path.Times());
    }

    [Fact]
    public void A_run_tells_the_wait_for_a_slot_the_start_of_the_sandbox_and_the_script_apart()
    {
        var path = EndToEnd(
            Span("P", null, 0, 10, Producer), Span("C", "P", 20, 30, Consumer),
            (Span("X", "C", 100, 200, Internal) with { Name = "sandbox.run" })
                .With("sandbox.queue_seconds", 0.06).With("sandbox.start_seconds", 0.005).With("sandbox.run_seconds", 0.075),
            Span("W", "X", 190, 199, Client));

        Assert.Equal("script=75 slot_wait=60 sandbox.run=11 C=10 P=10 gap=10 queue_wait=10 W=9 sandbox_start=5", path.Times());
    }

    [Theory]
    [InlineData(0.06, 0.01, 0.02, "compile=60 script=20 sandbox.run=10 sandbox_start=10")]
    [InlineData(0.09, 0.005, null, "compile=90 sandbox.run=5 sandbox_start=5")]
    public void A_run_tells_the_compiler_and_the_script_apart(double compile, double start, double? script, string times)
    {
        var path = EndToEnd((Span("X", null, 0, 100, Internal) with { Name = "sandbox.run" })
            .With("sandbox.compile_seconds", compile).With("sandbox.start_seconds", start).With("sandbox.run_seconds", script ?? 0));

        Assert.Equal(times, path.Times());
    }
}
