using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

public sealed class FailedSignInsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FailedSignIns _failures;

    public FailedSignInsTests() => _failures = new(Options.Create(new ApiKeyOptions { MaxFailures = 6 }), _clock);

    [Fact]
    public void An_address_waits_after_too_many_wrong_keys_and_no_other_does()
    {
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(TimeSpan.Zero, _failures.WaitOf("10.0.0.1"));
            _failures.Note("10.0.0.1");
        }

        Assert.Equal(TimeSpan.FromSeconds(10), _failures.WaitOf("10.0.0.1"));
        Assert.Equal(TimeSpan.Zero, _failures.WaitOf("10.0.0.2"));
    }

    [Fact]
    public void Many_wrong_keys_at_once_count_one_by_one()
    {
        const int Keys = 2000;
        using var failures = new FailedSignIns(Options.Create(new ApiKeyOptions { MaxFailures = Keys }), _clock);

        Parallel.For(0, Keys, _ => failures.Note("10.0.0.1"));

        Assert.NotEqual(TimeSpan.Zero, failures.WaitOf("10.0.0.1"));
    }

    [Fact]
    public void After_the_wait_one_more_key_is_looked_at()
    {
        for (var i = 0; i < 6; i++)
        {
            _failures.Note("10.0.0.1");
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, _failures.WaitOf("10.0.0.1"));

        _failures.Note("10.0.0.1");
        Assert.Equal(TimeSpan.FromSeconds(10), _failures.WaitOf("10.0.0.1"));
    }

    public void Dispose() => _failures.Dispose();
}
