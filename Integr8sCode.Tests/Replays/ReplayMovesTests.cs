namespace Integr8sCode.Replays;

public sealed class ReplayMovesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Noon.AddSeconds(10);

    private static ReplaySession Created => ReplaySession.Create(Guid.CreateVersion7(Noon), new() { Filter = new() }, 5, "admin", Noon);

    private static ReplaySession Running => Created.Start("admin", null, Noon)!;

    private static ReplaySession Held => Running.Claim("me", Until, Noon)!;

    [Fact]
    public void A_session_never_meets_the_events_it_causes()
    {
        var open = ReplaySession.Create(Guid.CreateVersion7(), new() { Filter = new() }, 5, "admin", Noon);
        var future = ReplaySession.Create(Guid.CreateVersion7(), new() { Filter = new() { To = Noon.AddDays(1) } }, 5, "admin", Noon);
        var past = ReplaySession.Create(Guid.CreateVersion7(), new() { Filter = new() { To = Noon.AddDays(-1) } }, 5, "admin", Noon);

        Assert.Equal([Noon, Noon, Noon.AddDays(-1)], new[] { open, future, past }.Select(session => session.Plan.Filter.To));
    }

    [Fact]
    public void The_limit_bounds_the_total() =>
        Assert.Equal(2, ReplaySession.Create(Guid.CreateVersion7(), new() { Filter = new(), Limit = 2 }, 5, "admin", Noon).Total);

    [Fact]
    public void Each_status_allows_its_moves_and_no_other()
    {
        var completed = Held.Complete("me", Noon)!;
        var failed = Held.Fail("me", "no such topic", Noon)!;
        var cancelled = Running.Cancel("admin", Noon)!;
        var paused = Running.Pause("admin", Noon)!;

        AssertAllows(Created, start: true, cancel: true);
        AssertAllows(Running, pause: true, cancel: true);
        AssertAllows(paused, resume: true, cancel: true);
        AssertAllows(failed, resume: true, cancel: true);
        AssertAllows(completed);
        AssertAllows(cancelled);
    }

    [Fact]
    public void Every_move_counts_the_version_up()
    {
        Assert.Equal([1, 2, 3], new[] { Created, Running, Held }.Select(session => session.Version));
        Assert.Equal(4, Held.Advance("me", Progress, Until, Noon)!.Version);
    }

    [Fact]
    public void One_replayer_holds_a_session_until_its_lease_ends()
    {
        Assert.Null(Held.Claim("other", Until, Noon));
        Assert.Null(Held.Claim("other", Until, Until));
        Assert.Equal("other", Held.Claim("other", Until.AddHours(1), Until.AddTicks(1))!.Owner);
        Assert.Null(Created.Claim("me", Until, Noon));
    }

    [Fact]
    public void Who_lost_the_session_changes_nothing()
    {
        var taken = Held.Claim("other", Until.AddHours(1), Until.AddTicks(1))!;

        Assert.Null(taken.Advance("me", Progress, Until, Noon));
        Assert.Null(taken.Renew("me", Until, Noon));
        Assert.Null(taken.Complete("me", Noon));
        Assert.Null(taken.Fail("me", "x", Noon));
        Assert.Null(taken.Release("me", Noon));
        Assert.Null(taken.Enter("me", null, new Dictionary<string, long>(), Noon));
    }

    [Fact]
    public void What_was_published_before_a_pause_counts()
    {
        var paused = Held.Pause("admin", Noon)!;

        var advanced = paused.Advance("me", Progress, Until, Noon)!;

        Assert.Equal((ReplayStatus.Paused, 2L, Progress.Cursor), (advanced.Status, advanced.Replayed, advanced.Cursor));
        Assert.Equal(ReplayStatus.Paused, advanced.Complete("me", Noon)!.Status);
    }

    [Fact]
    public void Progress_adds_up_and_keeps_the_offset_of_every_partition()
    {
        var first = Held.Enter("me", "span", new Dictionary<string, long> { ["a/0"] = 1, ["a/1"] = 1 }, Noon)!;
        var second = first.Advance("me", Progress, Until, Noon)!.Advance("me", Progress, Until, Noon)!;

        Assert.Equal((4L, 2L, TimeSpan.FromSeconds(2)), (second.Replayed, second.Reexecuted, second.Active));
        Assert.Equal(new Dictionary<string, long> { ["a/0"] = 9, ["a/1"] = 1 }, second.Offsets);
        Assert.Equal(9, second.Enter("me", "span", new Dictionary<string, long> { ["a/0"] = 50 }, Noon)!.Offsets!["a/0"]);
    }

    [Fact]
    public void A_failed_session_remembers_that_its_last_messages_may_be_unknown_and_a_released_one_does_not()
    {
        Assert.Equal("me", Held.Fail("me", "x", Noon)!.Resume("admin", Noon)!.Owner);
        Assert.Null(Held.Release("me", Noon)!.Owner);
        Assert.NotNull(Held.Fail("me", "x", Noon)!.Resume("admin", Noon)!.Claim("other", Until, Noon));
    }

    [Fact]
    public void The_pause_of_a_session_is_no_pause_between_its_events()
    {
        var paused = Held.Advance("me", Progress, Until, Noon)!.Pause("admin", Noon)!;

        Assert.Equal(Noon.AddHours(1), paused.Resume("admin", Noon.AddHours(1))!.PacedAt);
    }

    [Fact]
    public void A_derived_id_is_the_same_for_the_same_pair_only_and_sorts_by_its_session()
    {
        var (session, recorded) = (Guid.CreateVersion7(Noon), Guid.CreateVersion7(Noon));

        var id = ReplayId.Of(session, recorded);

        Assert.Equal(id, ReplayId.Of(session, recorded));
        Assert.Distinct([id, session, recorded, ReplayId.Of(recorded, session), ReplayId.Of(session, Guid.Empty)]);
        Assert.Equal(7, id.Version);
        Assert.Equal(session.ToString()[..13], id.ToString()[..13]);
    }

    private static ReplayProgress Progress { get; } = new(
        2, 1, Guid.CreateVersion7(), Noon, Noon, TimeSpan.FromSeconds(1), new Dictionary<string, long> { ["a/0"] = 9 });

    private static void AssertAllows(
        ReplaySession session, bool start = false, bool pause = false, bool resume = false, bool cancel = false) =>
        Assert.Equal(
            (start, pause, resume, cancel),
            (session.Start("admin", null, Noon) is not null, session.Pause("admin", Noon) is not null,
                session.Resume("admin", Noon) is not null, session.Cancel("admin", Noon) is not null));
}
