namespace Integr8sCode.Sagas;

public sealed class StalledRoundsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    private readonly StalledRounds _rounds = new(First);

    [Fact]
    public void What_was_driven_rests_while_what_is_new_is_taken_at_once()
    {
        Assert.Equal(default, _rounds.Continue(Noon));
        _rounds.Drove(Noon.AddMinutes(-3));
        _rounds.Drove(Noon.AddMinutes(-2));

        Assert.Equal(Noon.AddMinutes(-2), _rounds.Continue(Noon.AddSeconds(2)));
        _rounds.Drove(Noon.AddMinutes(-1));
        Assert.Equal(Noon.AddMinutes(-1), _rounds.Continue(Noon.AddSeconds(9)));
    }

    [Fact]
    public void What_still_stands_there_is_driven_again_after_ever_longer_pauses()
    {
        Assert.Equal([0, 10, 30, 70, 150, 310, 610, 910, 1210, 1510], Enumerable.Range(0, 1800).Where(DriveAt));
    }

    [Fact]
    public void A_round_that_finds_nothing_makes_the_next_pause_short_again()
    {
        for (var second = 0; second < 600; second++) DriveAt(second);
        Assert.Equal(default, _rounds.Continue(Noon.AddSeconds(610)));
        Assert.Equal(default, _rounds.Continue(Noon.AddSeconds(910)));
        _rounds.Drove(Noon);

        Assert.Equal(Noon, _rounds.Continue(Noon.AddSeconds(919)));
        Assert.Equal(default, _rounds.Continue(Noon.AddSeconds(920)));
    }

    /// <returns>Whether a round began.</returns>
    private bool DriveAt(int second)
    {
        var begins = _rounds.Continue(Noon.AddSeconds(second)) == default;
        _rounds.Drove(Noon);
        return begins;
    }
}
