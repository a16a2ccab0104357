using System.Diagnostics;
using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.ServiceDefaults;

/// <summary>Simulated arrivals under a manual clock; the trace ids are the same in each run, so the tolerances are no matter of luck.</summary>
public sealed class AdaptiveSamplingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(1_000, 50)]
    [InlineData(100_000, 50)]
    public void Steady_arrivals_keep_the_target_and_stand_for_all_of_them(int perSecond, int kept)
    {
        using var sampling = new SimulatedSampling("50");
        sampling.Run("work", perSecond, seconds: 3);

        var seen = sampling.Run("work", perSecond, seconds: 20);

        Assert.Equal(kept, seen.Kept / 20.0, kept * 0.1);
        Assert.Equal(20.0 * perSecond, seen.AdjustedCount, 20.0 * perSecond * 0.1);
    }

    [Fact]
    public void The_first_second_of_a_process_is_bounded_and_counted_truly()
    {
        using var sampling = new SimulatedSampling("50");

        var seen = sampling.Run("work", 100_000, seconds: 1);

        Assert.InRange(seen.Kept, 500, 1_300); // 100 kept for each of about ten halvings
        Assert.Equal(100_000, seen.AdjustedCount, 20_000.0);
    }

    [Fact]
    public void A_burst_of_a_hundred_times_the_arrivals_is_bounded_and_counted_truly()
    {
        using var sampling = new SimulatedSampling("5");
        sampling.Run("work", 10, seconds: 30);

        var burst = sampling.Run("work", 1_000, seconds: 10);

        Assert.InRange(burst.Kept / 10.0, 4, 15); // 500 a second would come through at the old probability
        Assert.Equal(10_000, burst.AdjustedCount, 3_000.0);
    }

    [Fact]
    public void After_a_burst_what_is_left_is_soon_kept_entirely()
    {
        using var sampling = new SimulatedSampling("5");
        sampling.Run("work", 1_000, seconds: 30);
        sampling.Run("work", 1, seconds: 20);

        Assert.Equal(60, sampling.Run("work", 1, seconds: 60).Kept);
    }

    [Fact]
    public void The_counts_of_a_rise_a_burst_and_a_tail_add_up_to_the_truth()
    {
        using var sampling = new SimulatedSampling("50");
        int[] arrivals = [1, 10, 100, 1_000, 20_000, 3_000, 30, 1];

        var counted = arrivals.Sum(perSecond => sampling.Run("work", perSecond, seconds: 10).AdjustedCount);

        Assert.Equal(10.0 * arrivals.Sum(), counted, 10.0 * arrivals.Sum() * 0.05);
    }

    [Fact]
    public void A_busy_operation_takes_nothing_from_a_rare_one()
    {
        using var sampling = new SimulatedSampling("5");

        var rare = Enumerable.Range(0, 30).Sum(_ =>
        {
            sampling.Send("busy", 2_000);
            return sampling.Run("rare", 1, seconds: 1).Kept;
        });

        Assert.Equal(30, rare);
    }

    [Fact]
    public void The_probability_stays_between_floor_and_ceiling()
    {
        using var sampling = new SimulatedSampling("1,0.01,0.5");
        Assert.Equal(0.5, sampling.Operation("work").Probability, 0.001);

        sampling.Run("work", 10_000, seconds: 5);
        var probability = sampling.Operation("work").Probability;
        sampling.Run("work", 0, seconds: 60);

        Assert.InRange(probability, 0.01, 0.011);
        Assert.Equal(0.5, sampling.Operation("work").Probability, 0.001);
    }

    [Fact]
    public void An_operation_that_fails_is_seen_more_until_it_has_recovered()
    {
        using var sampling = new SimulatedSampling("5");
        sampling.Run("work", 1_000, seconds: 10);
        var usual = sampling.Operation("work").Probability;

        sampling.Run("work", 1_000, seconds: 15, failing: 0.3);
        var failing = (sampling.Operation("work").Fails, sampling.Operation("work").Probability);
        sampling.Run("work", 1_000, seconds: 90);
        var recovered = (sampling.Operation("work").Fails, sampling.Operation("work").Probability);

        Assert.Equal(0.005, usual, 0.0005);
        Assert.Equal((true, 0.05), (failing.Fails, Math.Round(failing.Probability, 2)));
        Assert.Equal((false, usual), recovered);
    }

    [Fact]
    public void A_single_failure_among_few_raises_no_alarm()
    {
        using var sampling = new SimulatedSampling("5");
        sampling.Run("work", 1, seconds: 3, failing: 1);

        Assert.False(sampling.Operation("work").Fails);
    }

    [Fact]
    public void Decisions_on_many_threads_lose_no_count()
    {
        const int Threads = 4;
        const int Each = 25_000;
        var operations = new SampledOperations(AdaptiveTarget.Default with { TracesPerSecond = 50 });
        var counts = new double[Threads];
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() => counts[thread] = SampledRoots.Random(Each, thread)
            .Select(root => operations.Decide(root))
            .Sum(SampledRoots.AdjustedCount))).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        operations.Tick(1); // the threads are gone, what they counted is not

        var operation = operations.Of(SampledRoots.Random(1).Single());
        Assert.Equal(Threads * Each, operation.ArrivalsPerSecond);
        Assert.Equal(Threads * Each, counts.Sum(), Threads * Each * 0.3); // which thread comes first is chance: five standard deviations
    }

    [Theory]
    [InlineData("5", 5, 0.0001, 1)]
    [InlineData("0.5, 0.01", 0.5, 0.01, 1)]
    [InlineData("10,0.001,0.5", 10, 0.001, 0.5)]
    public void A_target_is_read_with_its_floor_and_ceiling(string text, double target, double floor, double ceiling)
    {
        Assert.True(AdaptiveTarget.TryParse(text, out var read));
        Assert.Equal(new(target, floor, ceiling), read);
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var operations = new SampledOperations(AdaptiveTarget.Default);
        operations.Learn(HttpRoutes.Of("GET", "/api/v1/executions/{id}"));
        var sampler = new ProbeSampler(new PublicEdgeSampler(new ParentSampler(new AdaptiveSampler(operations))));
        var tags = new TagList { { "http.request.method", "GET" }, { "url.path", "/api/v1/executions/4711" } };
        SamplingParameters[] roots =
        [
            new(default, ActivityTraceId.CreateRandom(), "request", ActivityKind.Server, tags),
            new(default, ActivityTraceId.CreateRandom(), "consume", ActivityKind.Consumer, new KeyValuePair<string, object?>[] { new("messaging.destination.name", "events") }),
            new(default, ActivityTraceId.CreateRandom(), "sweep", ActivityKind.Internal),
        ];
        Decide(sampler, roots, 1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide(sampler, roots, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(["GET /api/v1/executions/{id}", "events", "other", "sweep"], operations.All.Select(each => each.Name).Order(StringComparer.Ordinal));
    }

    private static void Decide(Sampler sampler, SamplingParameters[] roots, int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (ref readonly var root in roots.AsSpan()) sampler.ShouldSample(root);
        }
    }
}
