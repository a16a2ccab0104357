using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Storage;

namespace Integr8sCode.Replays;

public abstract class ReplayStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private IReplayStore Store => Stores.Get<IReplayStore>();

    [Fact]
    public async Task A_saved_session_is_found_as_it_was()
    {
        var created = await CreateAsync(Noon, new()
        {
            Filter = new() { ExecutionId = Guid.CreateVersion7(), Types = [EventTypes.ExecutionRequested], From = Noon.AddTicks(1) },
            Topics = ["audit"],
            Speed = 2.5,
            Limit = 7,
            Reexecute = true,
        });
        var claimed = created.Start("admin", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Noon)!.Claim("me", Noon + Lease, Noon)!;
        var advanced = (claimed with { Version = 2 }).Advance("me", Progress(3), Noon + Lease, Noon)! with { Version = 2 };

        Assert.True(await Store.SaveAsync(advanced, Cancellation));

        AssertSame(advanced, await Store.FindAsync(created.Id, Cancellation));
    }

    [Fact]
    public async Task Of_two_saves_of_one_version_the_second_is_refused()
    {
        var created = await CreateAsync(Noon);
        var started = created.Start("admin", null, Noon)!;

        Assert.True(await Store.SaveAsync(started, Cancellation));
        Assert.False(await Store.SaveAsync(created.Cancel("other", Noon)!, Cancellation));
        Assert.False(await Store.SaveAsync(created, Cancellation));
        AssertSame(started, await Store.FindAsync(created.Id, Cancellation));
    }

    [Fact]
    public async Task A_session_is_deleted_in_the_version_that_was_seen()
    {
        var created = await CreateAsync(Noon);

        Assert.False(await Store.DeleteAsync(created.Id, 2, Cancellation));
        Assert.True(await Store.DeleteAsync(created.Id, 1, Cancellation));
        Assert.False(await Store.DeleteAsync(created.Id, 1, Cancellation));
        Assert.Null(await Store.FindAsync(created.Id, Cancellation));
        Assert.False(await Store.SaveAsync(created.Start("admin", null, Noon)!, Cancellation));
    }

    [Fact]
    public async Task Sessions_are_listed_newest_first_page_by_page_and_by_status()
    {
        var first = await CreateAsync(Noon);
        var second = await CreateAsync(Noon.AddSeconds(1));
        var third = await CreateAsync(Noon.AddSeconds(2));
        await Store.SaveAsync(second.Start("admin", null, Noon)!, Cancellation);

        Assert.Equal([third.Id, second.Id], await IdsAsync(status: null, before: null, limit: 2));
        Assert.Equal([first.Id], await IdsAsync(status: null, before: second.Id, limit: 2));
        Assert.Equal([third.Id, first.Id], await IdsAsync(ReplayStatus.Created, before: null, limit: 10));
        Assert.Equal([second.Id], await IdsAsync(ReplayStatus.Running, before: third.Id, limit: 10));
    }

    [Fact]
    public async Task Claimable_is_what_runs_and_nobody_holds_the_longest_left_alone_first()
    {
        await CreateAsync(Noon);
        var paused = await StartAsync(Noon);
        await SaveAsync(paused.Pause("admin", Noon));
        var held = await StartAsync(Noon);
        await SaveAsync(held.Claim("me", Noon.AddMinutes(1), Noon));
        var expired = await StartAsync(Noon);
        await SaveAsync(expired.Claim("dead", Noon.AddSeconds(10), Noon));
        var free = await StartAsync(Noon.AddSeconds(5));

        Assert.Equal([free.Id, expired.Id], await ClaimableAsync(Noon.AddSeconds(30), 10));
        Assert.Equal([free.Id], await ClaimableAsync(Noon.AddSeconds(30), 1));
        Assert.Empty(await ClaimableAsync(Noon, 10));
    }

    private async Task<ReplaySession> CreateAsync(DateTimeOffset time, ReplayPlan? plan = null)
    {
        var session = ReplaySession.Create(Guid.CreateVersion7(time), plan ?? new() { Filter = new() }, 100, "admin", time);
        Assert.True(await Store.SaveAsync(session, Cancellation));
        return session;
    }

    private async Task<ReplaySession> StartAsync(DateTimeOffset time) => await SaveAsync((await CreateAsync(time)).Start("admin", null, time));

    private async Task<ReplaySession> SaveAsync(ReplaySession? session)
    {
        Assert.True(await Store.SaveAsync(session!, Cancellation));
        return session!;
    }

    private static ReplayProgress Progress(long replayed) => new(
        replayed, 1, Guid.CreateVersion7(), Noon, Noon.AddSeconds(1), TimeSpan.FromMilliseconds(1.5),
        new Dictionary<string, long> { ["audit/0"] = 5 });

    private async Task<IEnumerable<Guid>> IdsAsync(ReplayStatus? status, Guid? before, int limit) =>
        (await Store.ListAsync(status, before, limit, Cancellation)).Select(session => session.Id);

    private async Task<IEnumerable<Guid>> ClaimableAsync(DateTimeOffset now, int limit) =>
        (await Store.FindClaimableAsync(now, limit, Cancellation)).Select(session => session.Id);

    // Records with collections compare by reference.
    private static void AssertSame(ReplaySession expected, ReplaySession? actual) => Assert.Equal(
        JsonSerializer.Serialize(expected, CoreJson.Default.ReplaySession), JsonSerializer.Serialize(actual!, CoreJson.Default.ReplaySession));
}
