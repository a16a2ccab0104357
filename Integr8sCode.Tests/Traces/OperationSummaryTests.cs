namespace Integr8sCode.Traces;

public sealed class OperationSummaryTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("vendor=1", 1)]
    [InlineData("ot=th:0", 1)]
    [InlineData("ot=th:8", 2)]
    [InlineData("vendor=1,ot=rv:00000000000001;th:c", 4)]
    [InlineData("ot=th:fd70a", 100)]
    [InlineData("ot=th:not-hex", 1)]
    public void A_threshold_says_how_many_a_span_stands_for(string? traceState, double expected) =>
        Assert.Equal(expected, AdjustedCount.Of(traceState), tolerance: expected / 1000);

    [Fact]
    public void A_rare_sample_that_stands_for_many_moves_the_percentiles_and_the_share_of_errors()
    {
        var summary = Assert.Single(OperationSummary.Of(
        [
            Sample(duration: 10, weight: 1, isError: true), Sample(duration: 20, weight: 1), Sample(duration: 30, weight: 98),
        ]));

        Assert.Equal(3, summary.Count);
        Assert.Equal(100, summary.AdjustedCount);
        Assert.Equal(0.01, summary.ErrorShare, tolerance: 1e-9);
        Assert.Equal(new Percentiles(30, 30, 30), summary.Durations["response"]);
        Assert.Equal(60, summary.TimeByCategory[TimeCategory.Database]);
    }

    [Fact]
    public void What_was_kept_for_its_failure_adds_nothing_to_counts_shares_and_percentiles()
    {
        var summary = Assert.Single(OperationSummary.Of(
            [Sample(duration: 900, weight: 0, isError: true), Sample(duration: 10, weight: 95), Sample(duration: 20, weight: 5, isError: true)]));

        Assert.Equal((3, 100.0), (summary.Count, summary.AdjustedCount));
        Assert.Equal(0.05, summary.ErrorShare, tolerance: 1e-9);
        Assert.Equal(new Percentiles(10, 10, 20), summary.Durations["response"]);
    }

    [Fact]
    public void Where_all_were_kept_for_their_failures_only_they_are_told_about()
    {
        var summary = Assert.Single(OperationSummary.Of([Sample(duration: 900, weight: 0, isError: true), Sample(duration: 10, weight: 0)]));

        Assert.Equal((2, 0.0, 0.5), (summary.Count, summary.AdjustedCount, summary.ErrorShare));
        Assert.Equal(new Percentiles(10, 900, 900), summary.Durations["response"]);
    }

    [Fact]
    public void A_request_that_was_kept_for_its_failure_stands_for_nothing()
    {
        var sampled = TimelineSpans.Span("R", null, 0, 10, System.Diagnostics.ActivityKind.Server) with { TraceState = "ot=th:8" };
        var kept = sampled.With("sampling.reason", "error") with { TraceState = null };

        Assert.Equal(2, OperationSample.OfRequest(SpanTree.Of([sampled])!).Weight);
        Assert.Equal(0, OperationSample.OfRequest(SpanTree.Of([kept])!).Weight);
    }

    [Fact]
    public void Percentiles_are_values_that_occurred()
    {
        var durations = Enumerable.Range(1, 100).Select(i => ((long)i, 1.0)).ToList();

        Assert.Equal(new Percentiles(50, 95, 99), Percentiles.Of(durations));
        Assert.Equal(new Percentiles(7, 7, 7), Percentiles.Of([(7, 3)]));
    }

    private static OperationSample Sample(long duration, double weight, bool isError = false) => new(
        "POST /run", weight, isError, new Dictionary<string, long> { ["response"] = duration },
        new Dictionary<TimeCategory, long> { [TimeCategory.Database] = duration });
}
