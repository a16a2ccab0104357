namespace Integr8sCode.RateLimits;

public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RateLimitRule Rule =
        new("execution", RateLimitGroups.Execution, Requests: 6, WindowSeconds: 60, Burst: 1.5, Algorithm: RateLimitAlgorithm.TokenBucket);

    private RateLimitCounter _counter = RateLimitCounter.Unused;

    [Fact]
    public void A_full_bucket_holds_the_burst_and_then_one_passes_every_ten_seconds()
    {
        for (var left = 8; left >= 0; left--)
        {
            Assert.Equal(new(true, 9, left, TimeSpan.FromSeconds(10)), Take(0));
        }

        Assert.Equal(new(false, 9, 0, TimeSpan.FromSeconds(10)), Take(0));
        Assert.Equal(new(false, 9, 0, TimeSpan.FromSeconds(4)), Take(6));
        Assert.True(Take(10).Allowed);
        Assert.False(Take(10).Allowed);
    }

    [Fact]
    public void Waiting_as_long_as_told_is_always_enough()
    {
        var random = new Random(7);
        var time = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            time += random.NextDouble() * 5;
            if (Take(time) is { Allowed: false } rejected)
            {
                time += rejected.Reset.TotalSeconds;
                Assert.True(Take(time).Allowed);
            }
        }
    }

    [Fact]
    public void It_does_not_fill_beyond_its_burst()
    {
        Take(0);

        Assert.Equal(new(true, 9, 9, TimeSpan.Zero), _counter.Look(Rule, Noon.AddDays(1)));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing_for_free()
    {
        for (var i = 0; i < 9; i++)
        {
            Take(30);
        }

        Assert.False(Take(0).Allowed);
        Assert.False(Take(39).Allowed);
        Assert.True(Take(40).Allowed);
    }

    private RateLimitDecision Take(double second)
    {
        (_counter, var decision) = _counter.Take(Rule, Noon.AddSeconds(second));
        return decision;
    }
}
