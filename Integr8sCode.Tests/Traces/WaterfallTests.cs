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
        Assert.Contains("1 span never arrived", text, StringComparison.Ordinal);
        Assert.Contains("clocks disagree", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_command_the_terminal()
    {
        var text = Draw(Span("\e[2J\nforged line\u202e", null, 0, 10, Server));

        Assert.Contains("?[2J?forged line?\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    [InlineData(400)]
    public void Every_line_fits_and_the_columns_stand_below_each_other(int columns)
    {
        var chain = Enumerable.Range(0, 40).Select(i => Span($"s{i}", i == 0 ? null : $"s{i - 1}", i, 100, Internal)).ToList();
        chain.Add(Span($"long{new string('n', 500)}", "s3", 20, 30, Internal, new string('x', 60)) with { IsError = true, StatusMessage = "failed" });
        chain.Add(Span("late", "s0", 90_000_000, 90_000_100, Consumer).With("app.attempt", 100));

        var lines = Waterfall.Draw(View([.. chain]), columns).Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
        var rows = lines.SkipWhile(line => !line.TrimStart().StartsWith("start", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToList();
        var service = rows[0].IndexOf("service", StringComparison.Ordinal);
        Assert.Equal(chain.Count + 1, rows.Count);
        Assert.All(rows.Skip(1), row => Assert.True(row[service - 1] == ' ' && row[service] is 'a' or 'x', row));
        Assert.Contains(rows, row => row.EndsWith('…'));
        Assert.Contains(rows, row => row.StartsWith(" 25:00:00", StringComparison.Ordinal));
    }

    [Fact]
    public void What_left_the_straight_way_is_told_apart_with_the_traces_it_leads_to()
    {
        var text = Draw(
            Span("request", null, 0, 10, Server), Span("send", "request", 2, 4, Producer), Span("consume", "send", 10, 30, Consumer),
            Span("again", "send", 40, 50, Consumer, "worker").With("app.attempt", 2),
            Span("dead", "again", 60, 70, Consumer, "dlq") with { Name = "dlq.consume" },
            Span("replay", "send", 200, 210, Producer, "replay") with { Name = "replay.publish", Links = [new("another", "session")] });

        Assert.Contains(
            """
            where it left the straight way
              40.0 ms  retry        worker  again (attempt 2)
              60.0 ms  dead letter  dlq     dlq.consume
             200.0 ms  replay       replay  replay.publish -> trace another

            """.ReplaceLineEndings("\n"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_attempts_are_counted()
    {
        var attempts = Enumerable.Range(2, 100).Select(i => Span($"try{i}", "send", 100 * i, (100 * i) + 10, Consumer).With("app.attempt", i));

        var text = Draw([Span("request", null, 0, 10, Server), Span("send", "request", 2, 4, Producer), .. attempts]);

        Assert.Contains("80 more are in the JSON\n", text, StringComparison.Ordinal);
        Assert.Contains("try101 (attempt 101)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_spans_than_fit_are_counted_and_not_listed()
    {
        var spans = Enumerable.Range(0, TimelineView.MaxSpans + 10)
            .Select(i => Span($"s{i}", i == 0 ? null : "s0", i, i + 1, Internal)).ToArray();

        var timeline = View(spans);

        Assert.Equal(TimelineView.MaxSpans, timeline.Spans.Count);
        Assert.Equal(TimelineView.MaxSpans + 10, timeline.SpanCount);
        Assert.Contains("10 more are not listed", Waterfall.Draw(timeline, Waterfall.DefaultColumns), StringComparison.Ordinal);
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

    private static string Draw(params TraceSpan[] spans) => Waterfall.Draw(View(spans), Waterfall.DefaultColumns);

    private static TimelineView View(params TraceSpan[] spans) =>
        TimelineView.Of(Stories.Accepted(DateTimeOffset.UnixEpoch).Execution, SpanTree.Of(spans)!);
}
