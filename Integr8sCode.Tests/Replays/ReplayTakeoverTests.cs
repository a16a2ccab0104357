using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Replays;

/// <summary>The moment after the broker has a message and before the session knows of it: what a reader without an inbox sees of a crash there.</summary>
public sealed class ReplayTakeoverTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private ReplayHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync() => _host = await ReplayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_a_dead_replayer_published_and_did_not_save_is_not_published_again()
    {
        var events = await RecordAsync(executions: 3);
        var session = await StartAsync();
        var dead = await ClaimAsync(session, "dead", until: Now.AddSeconds(-1));
        var entered = dead.Enter("dead", null, _host.Get<ReplayedMessages>().FindEnds([Topics.ExecutionEvents, Topics.ExecutionTasks]), Now)!;
        await SaveAsync(entered);
        foreach (var recorded in events.Take(5))
        {
            await _host.Get<ReplayPublisher>().PublishAsync(recorded, Topics.Of(recorded.Type), session.Id, default);
        }

        await RunAsync(session.Id);

        Assert.Equal(
            events.Select(recorded => $"{recorded.EventId}").Order(StringComparer.Ordinal),
            ReplayedOnKafka.EventIdsOf(ReplayedOnKafka.Of(_host.Bootstrap, session.Id)).Order(StringComparer.Ordinal));
        var completed = (await _host.Get<IReplayStore>().FindAsync(session.Id, Stop))!;
        Assert.Equal((ReplayStatus.Completed, events.Count), (completed.Status, completed.Replayed));
    }

    [Fact]
    public async Task A_session_that_was_left_in_good_order_is_not_looked_up_on_kafka()
    {
        var events = await RecordAsync(executions: 1);
        var session = await StartAsync();
        foreach (var recorded in events)
        {
            await _host.Get<ReplayPublisher>().PublishAsync(recorded, Topics.Of(recorded.Type), session.Id, default);
        }

        await RunAsync(session.Id);

        Assert.Equal(2 * events.Count, ReplayedOnKafka.Of(_host.Bootstrap, session.Id).Count);
    }

    [Fact]
    public async Task A_script_that_a_dead_replayer_had_accepted_is_not_accepted_again()
    {
        var events = await RecordAsync(executions: 1);
        var session = await StartAsync(new() { Filter = new() { Types = [EventTypes.ExecutionRequested] }, Reexecute = true });
        await _host.Get<ReplayTarget>().SendAsync(events[0], session, default, new HashSet<(Guid, string)>());

        await RunAsync(session.Id);

        var executions = await _host.Get<IExecutionStore>().ListAsync(new(), Stop);
        var again = Assert.Single(executions, execution => execution.RetryOf == events[0].ExecutionId);
        Assert.Equal(ReplayId.Of(session.Id, events[0].EventId), again.Id);
        Assert.Equal(1, (await _host.Get<IReplayStore>().FindAsync(session.Id, Stop))!.Reexecuted);
    }

    [Fact]
    public async Task A_session_that_comes_to_an_event_that_cannot_be_read_fails_and_says_so()
    {
        await RecordAsync(executions: 1);
        await _host.Get<SqliteDatabase>().WriteAsync(
            new("TEST", "damage"), session => session.Execute("UPDATE events SET data = '{' WHERE sequence = 3"), Stop);
        var session = await StartAsync();

        await RunAsync(session.Id);

        var failed = (await _host.Get<IReplayStore>().FindAsync(session.Id, Stop))!;
        Assert.Equal(ReplayStatus.Failed, failed.Status);
        Assert.NotEmpty(failed.Error!);
    }

    private async Task<List<Event>> RecordAsync(int executions)
    {
        var events = new List<Event>();
        for (var i = 0; i < executions; i++)
        {
            var finished = await _host.Get<IExecutionStore>().FinishedAsync(Now.AddMinutes(-1));
            events.AddRange(await _host.Get<IEventStore>().ListAsync(finished.Id, Stop));
        }

        return events;
    }

    private async Task<ReplaySession> StartAsync(ReplayPlan? plan = null)
    {
        var created = ReplaySession.Create(Guid.CreateVersion7(), plan ?? new() { Filter = new() }, 100, "admin", Now);
        await SaveAsync(created);
        return await SaveAsync(created.Start("admin", null, Now));
    }

    private async Task<ReplaySession> ClaimAsync(ReplaySession session, string owner, DateTimeOffset until) =>
        await SaveAsync(session.Claim(owner, until, Now));

    private async Task RunAsync(Guid id)
    {
        var session = (await _host.Get<IReplayStore>().FindAsync(id, Stop))!;
        var claimed = await ClaimAsync(session, "me", Now + Lease);
        var hold = new ReplayHold(claimed, session.Owner is not null, _host.Get<IReplayStore>(), Lease, TimeProvider.System);
        await _host.Get<ReplayRunner>().RunAsync(hold, Stop);
    }

    private async Task<ReplaySession> SaveAsync(ReplaySession? session)
    {
        Assert.True(await _host.Get<IReplayStore>().SaveAsync(session!, Stop));
        return session!;
    }
}
