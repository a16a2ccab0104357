using Integr8sCode.Storage;
using static System.Diagnostics.ActivityKind;
using static Integr8sCode.Traces.TimelineSpans;

namespace Integr8sCode.Traces;

public sealed class WaterfallTests
{
    [Fact]
    public void What_went_wrong_is_said_beside_the_span()
    {
        var text = Draw(
            Span("request", null, 0, 10, Server), Span("send", "request", 2, 4, Producer),
            Span("first", "send", 10, 30, Consumer, "worker") with { IsError = true, StatusMessage = "no space left" },
            Span("second", "send", 130, 150, Consumer, "worker").With("app.attempt", 2),
            Span("behind", "send", 1, 3, Consumer, "other"), Span("orphan", "lost", 160, 170, Consumer, "worker"));

        Assert.Contains("first FAILED no space left\n", text, StringComparison.Ordinal);
        Assert.Contains("second (attempt 2)\n", text, StringComparison.Ordinal);
        Assert.Contains("behind (clock 1.0 ms behind)\n", text, StringComparison.Ordinal);
        Assert.Contains("orphan (its cause never arrived)\n", text, StringComparison.Ordinal);
        Assert.Contains("1 spans never arrived", text, StringComparison.Ordinal);
        Assert.Contains("clocks disagree", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_command_the_terminal()
    {
        var text = Draw(Span("\e[2J\nforged line", null, 0, 10, Server));

        Assert.Contains("?[2J?forged line\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void More_spans_than_fit_are_counted_and_not_listed()
    {
        var spans = Enumerable.Range(0, TimelineView.MaxSpans + 10)
            .Select(i => Span($"s{i}", i == 0 ? null : "s0", i, i + 1, Internal)).ToArray();

        var timeline = View(spans);

        Assert.Equal(TimelineView.MaxSpans, timeline.Spans.Count);
        Assert.Equal(TimelineView.MaxSpans + 10, timeline.SpanCount);
        Assert.Contains("10 more spans are not listed", Waterfall.Draw(timeline), StringComparison.Ordinal);
    }

    [Fact]
    public void Retries_dead_letters_replays_and_links_are_branches()
    {
        var timeline = View(
            Span("request", null, 0, 10, Server), Span("send", "request", 2, 4, Producer), Span("consume", "send", 10, 30, Consumer),
            Span("again", "send", 40, 50, Consumer).With("app.attempt", 2), Span("dead", "again", 60, 70, Consumer) with { Name = "dlq.consume" },
            Span("back", "dead", 100, 110, Producer) with { Name = "dlq.retry" },
            Span("replay", "send", 200, 210, Producer) with { Name = "replay.publish", Links = [new("another", "session")] },
            Span("link", "request", 5, 6, Internal) with { Links = [new("another", "cause")] });

        Assert.Equal(
            [
                (BranchKind.Link, "link"), (BranchKind.Retry, "again"), (BranchKind.DeadLetter, "dead"), (BranchKind.Retry, "back"),
                (BranchKind.Replay, "replay"),
            ],
            timeline.Branches.Select(branch => (branch.Kind, branch.SpanId)));
        Assert.Equal("another", Assert.Single(timeline.Branches[^1].Links).TraceId);
    }

    private static string Draw(params TraceSpan[] spans) => Waterfall.Draw(View(spans));

    private static TimelineView View(params TraceSpan[] spans) =>
        TimelineView.Of(Stories.Accepted(DateTimeOffset.UnixEpoch).Execution, SpanTree.Of(spans)!);
}
