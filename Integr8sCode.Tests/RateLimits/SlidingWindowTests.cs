namespace Integr8sCode.RateLimits;

public sealed class SlidingWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateLimitRule Rule = new("execution", RateLimitGroups.Execution, Requests: 3, WindowSeconds: 60);

    private RateLimitCounter _counter = RateLimitCounter.Unused;

    [Fact]
    public void So_many_pass_and_the_next_is_told_when_the_first_leaves_the_window()
    {
        Assert.Equal(new(true, 3, 2, TimeSpan.FromSeconds(60)), Take(0));
        Assert.Equal(new(true, 3, 1, TimeSpan.FromSeconds(50)), Take(10));
        Assert.Equal(new(true, 3, 0, TimeSpan.FromSeconds(40)), Take(20));
        Assert.Equal(new(false, 3, 0, TimeSpan.FromSeconds(30)), Take(30));
    }

    [Fact]
    public void A_request_counts_for_exactly_the_window()
    {
        Take(0);
        Take(0);
        Take(0);

        Assert.False(Take(59.9999999).Allowed);
        Assert.True(Take(60).Allowed);
    }

    [Fact]
    public void No_window_of_any_start_has_more_than_the_rule_allows()
    {
        var random = new Random(7);
        var passed = new List<double>();
        for (var time = 0.0; time < 3600; time += random.NextDouble() * 20)
        {
            if (Take(time).Allowed) passed.Add(time);
        }

        Assert.All(passed, start => Assert.InRange(passed.Count(time => time >= start && time < start + 60), 1, 3));
        Assert.InRange(passed.Count, 150, 180);
    }

    [Fact]
    public void Rejected_requests_do_not_make_the_wait_longer()
    {
        Take(0);
        Take(0);
        Take(0);
        for (var second = 1; second < 60; second++)
        {
            Assert.Equal(new(false, 3, 0, TimeSpan.FromSeconds(60 - second)), Take(second));
        }

        Assert.True(Take(60).Allowed);
    }

    [Fact]
    public void A_lowered_limit_waits_until_enough_have_left()
    {
        Take(0);
        Take(10);
        Take(20);

        var decision = _counter.Look(Rule with { Requests = 1 }, Noon.AddSeconds(30));

        Assert.Equal(new(false, 1, 0, TimeSpan.FromSeconds(50)), decision);
    }

    [Fact]
    public void Looking_takes_nothing()
    {
        Take(0);

        Assert.Equal(new(true, 3, 2, TimeSpan.FromSeconds(55)), _counter.Look(Rule, Noon.AddSeconds(5)));
        Assert.Equal(new(true, 3, 3, TimeSpan.Zero), RateLimitCounter.Unused.Look(Rule, Noon));
    }

    private RateLimitDecision Take(double second)
    {
        (_counter, var decision) = _counter.Take(Rule, Noon.AddSeconds(second));
        return decision;
    }
}
