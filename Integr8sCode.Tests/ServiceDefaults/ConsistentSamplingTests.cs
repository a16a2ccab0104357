using System.Diagnostics;
using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.ServiceDefaults;

public sealed class ConsistentSamplingTests
{
    private const ulong Half = SamplingThreshold.Range / 2;

    // The example ids of the W3C specification; the last 56 bits of the first are 0x48eb211c80319c, about 0.28 of the range.
    private static readonly ActivityTraceId Low = ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c");
    private static readonly ActivityTraceId High = ActivityTraceId.CreateFromString("00000000000000000080000000000000");

    // The table of the specification "TraceState: Probability Sampling".
    [Theory]
    [InlineData(1, 1, "0")]
    [InlineData(1, 2, "8")]
    [InlineData(1, 3, "aaab")]
    [InlineData(1, 4, "c")]
    [InlineData(1, 5, "cccd")]
    [InlineData(1, 8, "e")]
    [InlineData(1, 10, "e666")]
    [InlineData(1, 16, "f")]
    [InlineData(1, 100, "fd70a")]
    [InlineData(1, 1_000, "ffbe77")]
    [InlineData(1, 10_000, "fff9724")]
    [InlineData(1, 100_000, "ffff583a")]
    [InlineData(1, 1_000_000, "ffffef39")]
    public void A_probability_is_written_as_the_specification_writes_it_and_read_back(double kept, double of, string text)
    {
        var threshold = SamplingThreshold.Of(kept / of);

        Assert.Equal(text, threshold.ToString());
        Assert.True(SamplingThreshold.TryParse(text, out var read));
        Assert.Equal(threshold, read);
        Assert.Equal(of / kept, read.AdjustedCount, of / kept * 0.0005);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("g")]
    [InlineData("0123456789abcde")]
    public void What_is_no_threshold_is_not_read(string text) => Assert.False(SamplingThreshold.TryParse(text, out _));

    [Fact]
    public void Nothing_is_kept_at_zero_and_everything_at_one()
    {
        Assert.False(SamplingThreshold.Of(0).Keeps(SamplingThreshold.Range - 1));
        Assert.True(SamplingThreshold.Of(1).Keeps(0));
        Assert.True(SamplingThreshold.Of(double.Epsilon).AdjustedCount >= SamplingThreshold.Range);
    }

    [Fact]
    public void A_value_at_the_threshold_is_kept_and_one_below_is_not()
    {
        Assert.True(SamplingThreshold.Of(0.5).Keeps(Half));
        Assert.False(SamplingThreshold.Of(0.5).Keeps(Half - 1));
    }

    [Theory]
    [InlineData(null, 0x48eb211c80319c)]
    [InlineData("vendor=1", 0x48eb211c80319c)]
    [InlineData("ot=rv:6e6d1a75832a2f", 0x6e6d1a75832a2f)]
    [InlineData("vendor=1, ot=th:8;rv:00000000000001", 1)]
    [InlineData("ot=rv:6e6d1a", 0x48eb211c80319c)]
    [InlineData("ot=rv:not-hex-digits", 0x48eb211c80319c)]
    [InlineData("not=rv:6e6d1a75832a2f", 0x48eb211c80319c)]
    public void Randomness_is_rv_or_the_end_of_the_trace_id(string? traceState, ulong expected) =>
        Assert.Equal(expected, TraceRandomness.Of(Low, traceState));

    [Theory]
    [InlineData(null, "th", "c", "ot=th:c")]
    [InlineData("", "th", "c", "ot=th:c")]
    [InlineData("vendor=1,ot=rv:0123456789abcd;x:1,b=2", "th", "c", "ot=th:c;rv:0123456789abcd;x:1,vendor=1,b=2")]
    [InlineData("ot=th:8;thx:1", "th", "c", "ot=th:c;thx:1")]
    [InlineData("ot=th:8", "th", null, "")]
    [InlineData("vendor=1,ot=th:8", "th", null, "vendor=1")]
    [InlineData("congo=t61,ot=th:8;rv:00000000000001", "th", null, "ot=rv:00000000000001,congo=t61")]
    public void Setting_a_key_keeps_other_keys_and_vendors_and_moves_to_the_front(string? before, string key, string? value, string after) =>
        Assert.Equal(after, SamplingState.With(before, key, value));

    [Fact]
    public void Tracestate_stays_within_its_limits()
    {
        var many = string.Join(',', Enumerable.Range(0, 32).Select(vendor => $"v{vendor}=1"));
        var state = SamplingState.With($"ot=x:{new string('y', 240)};z:{new string('y', 20)},{many}", "th", "c");

        Assert.Equal(32, state.Split(',').Length);
        Assert.Equal($"ot=th:c;x:{new string('y', 240)}", state.Split(',')[0]);
    }

    [Fact]
    public void A_share_is_kept_and_its_adjusted_counts_add_up_to_the_truth()
    {
        const int Traces = 100_000;
        var sampler = new ConsistentProbabilitySampler(0.1);

        var kept = SampledRoots.Random(Traces).Select(root => sampler.ShouldSample(root)).Where(result => result.Decision is SamplingDecision.RecordAndSample);

        Assert.Equal(Traces, kept.Sum(SampledRoots.AdjustedCount), Traces * 0.05); // five standard deviations
    }

    [Fact]
    public void What_a_lower_probability_keeps_a_higher_one_keeps_as_well()
    {
        var (few, many) = (new ConsistentProbabilitySampler(0.1), new ConsistentProbabilitySampler(0.3));

        Assert.DoesNotContain(SampledRoots.Random(10_000), root =>
            few.ShouldSample(root).Decision is SamplingDecision.RecordAndSample && many.ShouldSample(root).Decision is SamplingDecision.Drop);
    }

    [Theory]
    [InlineData("ot=rv:ffffffffffffff", SamplingDecision.RecordAndSample, "ot=th:8;rv:ffffffffffffff")]
    [InlineData("ot=th:c;rv:00000000000000,a=1", SamplingDecision.Drop, "ot=rv:00000000000000,a=1")]
    public void A_decision_of_its_own_replaces_the_threshold_and_leaves_rv(string before, SamplingDecision decision, string after)
    {
        var result = new ConsistentProbabilitySampler(0.5).ShouldSample(Child(Low, ActivityTraceFlags.None, before));

        Assert.Equal((decision, after), (result.Decision, result.TraceStateString));
    }

    // Null leaves the parent's tracestate as it is.
    [Theory]
    [InlineData(false, ActivityTraceFlags.None, null, null)]
    [InlineData(false, ActivityTraceFlags.None, "ot=th:8,a=1", null)]
    [InlineData(false, ActivityTraceFlags.Recorded, "ot=th:8,a=1", "a=1")]
    [InlineData(true, ActivityTraceFlags.Recorded, "ot=th:8,a=1", null)]
    [InlineData(true, ActivityTraceFlags.None, "ot=th:8,a=1", "a=1")]
    [InlineData(true, ActivityTraceFlags.Recorded, "ot=th:8;rv:00000000000000", "ot=rv:00000000000000")]
    [InlineData(true, ActivityTraceFlags.Recorded, "ot=th:what", "")]
    [InlineData(true, ActivityTraceFlags.Recorded, "a=1", null)]
    public void A_child_follows_the_flag_and_erases_only_a_threshold_that_contradicts_it(
        bool high, ActivityTraceFlags flags, string? before, string? after)
    {
        var result = new ParentSampler(new AlwaysOffSampler()).ShouldSample(Child(high ? High : Low, flags, before));

        Assert.Equal(flags is ActivityTraceFlags.Recorded, result.Decision is SamplingDecision.RecordAndSample);
        Assert.Equal(after, result.TraceStateString);
    }

    private static SamplingParameters Child(ActivityTraceId traceId, ActivityTraceFlags flags, string? traceState) =>
        new(new(traceId, ActivitySpanId.CreateRandom(), flags, traceState, isRemote: true), traceId, "work", ActivityKind.Consumer);
}
