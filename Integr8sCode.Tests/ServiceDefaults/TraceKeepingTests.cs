using System.Diagnostics;
using System.Text;
using Integr8sCode.Infrastructure;
using Integr8sCode.TraceKeeping;

namespace Integr8sCode.ServiceDefaults;

/// <summary>How many traces are kept, for how long, and what processes say about them.</summary>
public sealed class TraceKeepingTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_burst_passes_and_a_storm_is_held_to_the_rate()
    {
        var limit = new KeepLimit(20, _clock);

        var burst = Allowed(limit, Traces(1, 100));
        var storm = Enumerable.Range(2, 60).Sum(second =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Allowed(limit, Traces(second, 1_000)).Count;
        });

        Assert.Equal(100, burst.Count);
        Assert.InRange(storm / 60.0, 10, 20);
    }

    [Fact]
    public void After_a_storm_everything_passes_again()
    {
        var limit = new KeepLimit(20, _clock);
        for (var second = 0; second < 10; second++)
        {
            Allowed(limit, Traces(second, 1_000));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        _clock.Advance(TimeSpan.FromSeconds(5));

        Allowed(limit, Traces(20, 1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(20, Allowed(limit, Traces(21, 20)).Count);
    }

    [Fact]
    public void Two_processes_in_the_same_storm_keep_the_same_traces()
    {
        KeepLimit[] limits = [new(20, _clock), new(20, _clock)];
        var kept = new List<ActivityTraceId>[] { [], [] };
        for (var second = 0; second < 30; second++)
        {
            var traces = Traces(second, 1_000);
            kept[0].AddRange(Allowed(limits[0], traces));
            kept[1].AddRange(Allowed(limits[1], traces.Reverse())); // they see it in another order
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // By chance, 20 of 1000 have less than one in common. Not all are, because the first seconds and those with many are cut by time.
        var settled = kept[0].Skip(200).ToList();
        Assert.InRange(settled.Count, 200, 600);
        Assert.InRange(settled.Intersect(kept[1]).Count() / (double)settled.Count, 0.7, 1);
    }

    [Fact]
    public void What_other_processes_keep_counts()
    {
        var limit = new KeepLimit(20, _clock);
        for (var i = 0; i < 90; i++) limit.Count();

        Assert.Equal(10, Allowed(limit, Traces(1, 100)).Count);
    }

    [Fact]
    public void A_kept_trace_is_remembered_for_five_to_ten_minutes()
    {
        var kept = new KeptTraces(_clock);
        var (early, late) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        Assert.True(kept.TryAdd(early, KeepReason.Error));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(kept.TryAdd(late, KeepReason.Slow));
        _clock.Advance(TimeSpan.FromMinutes(5));
        kept.Expire();

        Assert.False(kept.TryAdd(late, KeepReason.Error));
        Assert.Equal(("error", "slow"), (kept.ReasonOf(early), kept.ReasonOf(late)));

        _clock.Advance(TimeSpan.FromMinutes(5));
        kept.Expire();

        Assert.Equal((null, null), (kept.ReasonOf(early), kept.ReasonOf(late)));
        Assert.True(kept.TryAdd(late, KeepReason.Error));
    }

    [Fact]
    public void However_many_are_kept_the_newest_are_known_and_the_number_is_bounded()
    {
        var kept = new KeptTraces(_clock);
        var traces = Traces(1, 5 * KeptTraces.MaxOfGeneration);
        foreach (var trace in traces) kept.TryAdd(trace, KeepReason.Error);

        var known = traces.Count(trace => kept.ReasonOf(trace) is not null);
        Assert.InRange(known, KeptTraces.MaxOfGeneration, 2 * KeptTraces.MaxOfGeneration);
        Assert.All(traces.TakeLast(KeptTraces.MaxOfGeneration), trace => Assert.NotNull(kept.ReasonOf(trace)));
    }

    [Fact]
    public void A_decision_is_one_short_line()
    {
        var trace = ActivityTraceId.CreateRandom();
        var message = KeepMessage.Write(trace, KeepReason.DeadLetter);

        Assert.Equal($"{trace} dead_letter", Encoding.ASCII.GetString(message));
        Assert.True(KeepMessage.TryRead(message, out var read, out var reason));
        Assert.Equal((trace, "dead_letter"), (read, reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("11111111111111111111111111111111")]
    [InlineData("11111111111111111111111111111111 ")]
    [InlineData("11111111111111111111111111111111 because")]
    [InlineData("11111111111111111111111111111111-error")]
    [InlineData("1111111111111111111111111111111g error")]
    [InlineData("1111111111111111111111111111111A error")]
    [InlineData("00000000000000000000000000000000 error")]
    [InlineData("11111111111111111111111111111111 error and very much more than anybody would ever have to say")]
    public void What_is_no_decision_changes_nothing(string message)
    {
        var keeper = new TraceKeeper(KeepSettings.Default, _clock);
        keeper.Added += (_, _) => Assert.Fail("kept");

        keeper.Hear(Encoding.UTF8.GetBytes(message));
    }

    [Fact]
    public void What_is_too_much_is_refused_and_counted()
    {
        var keeper = new TraceKeeper(KeepSettings.Default with { PerSecond = 1 }, _clock);
        var told = 0;
        keeper.Decided += _ => told++;

        foreach (var trace in Traces(1, 8)) keeper.Keep(trace, KeepReason.Error);

        Assert.Equal((5, 3), (told, keeper.Refused));
    }

    private static List<ActivityTraceId> Allowed(KeepLimit limit, IEnumerable<ActivityTraceId> traces) => [.. traces.Where(limit.Allows)];

    private static ActivityTraceId[] Traces(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => SampledRoots.TraceId(random))];
    }
}
