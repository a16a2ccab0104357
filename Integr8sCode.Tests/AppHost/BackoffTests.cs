using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class BackoffTests
{
    [Fact]
    public void Each_crash_doubles_the_wait_up_to_half_a_minute()
    {
        var backoff = new Backoff();

        var waits = Enumerable.Range(0, 7).Select(_ => backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
    }

    [Fact]
    public void A_stable_run_starts_over()
    {
        var backoff = new Backoff();
        for (var i = 0; i < 5; i++) backoff.Next(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(2), backoff.Next(TimeSpan.Zero));
    }
}
