using Integr8sCode.Executions;
using Integr8sCode.Infrastructure;
using Integr8sCode.RateLimits;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>What is sent now, later or not at all, by a clock that the test moves and a store that outlives the process.</summary>
public sealed class DeliveryDecisionTests() : StoreTests(new SqliteTestStores())
{
    private readonly ManualClock _clock = new();

    private INotificationStore Store => Stores.Get<INotificationStore>();

    [Fact]
    public async Task What_nobody_subscribes_to_any_more_is_skipped()
    {
        Assert.Equal("unsubscribed", (await DecideAsync(subscription: null)).Reason);
        Assert.Equal("unsubscribed", (await DecideAsync(Samples.Subscription() with { Enabled = false })).Reason);
        Assert.Equal(NotificationStatus.Sending, (await DecideAsync(Samples.Subscription())).Status);
    }

    [Fact]
    public async Task Quiet_hours_put_it_off_until_their_end()
    {
        var quiet = Samples.Subscription() with { QuietHours = new(new(0, 0), new(7, 0), "UTC") };

        var waiting = await DecideAsync(quiet);
        Assert.Equal((NotificationStatus.Pending, "quiet_hours", _clock.GetUtcNow().Date.AddHours(7)), (waiting.Status, waiting.Reason, waiting.DueAt!.Value.UtcDateTime));

        _clock.Advance(waiting.DueAt.Value - _clock.GetUtcNow());
        Assert.Equal(NotificationStatus.Sending, NewDecision().Move(waiting, quiet)!.Status);
    }

    [Fact]
    public async Task A_throttle_lets_so_many_through_in_any_window_and_a_restart_changes_nothing()
    {
        var throttled = Samples.Subscription() with { Throttle = new(2, 60) };

        Assert.Equal(["Sending", "Sending", "Skipped"], await DecideThriceAsync());
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("throttled", (await DecideAsync(throttled)).Reason);
        _clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal(["Sending", "Sending", "Skipped"], await DecideThriceAsync());

        async Task<string[]> DecideThriceAsync() =>
        [
            (await DecideAsync(throttled)).Status.ToString(), (await DecideAsync(throttled)).Status.ToString(), (await DecideAsync(throttled)).Status.ToString(),
        ];
    }

    [Fact]
    public async Task Of_many_that_are_due_at_once_a_throttle_lets_no_more_through()
    {
        var throttled = Samples.Subscription() with { Throttle = new(3, 60) };

        var decided = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => DecideAsync(throttled))));

        Assert.Equal(3, decided.Count(notification => notification.Status is NotificationStatus.Sending));
        Assert.All(
            decided.Where(notification => notification.Status is not NotificationStatus.Sending),
            notification => Assert.Equal((NotificationStatus.Skipped, "throttled", 0), (notification.Status, notification.Reason, notification.Attempts.Count)));
    }

    [Fact]
    public async Task A_further_attempt_is_not_throttled()
    {
        var throttled = Samples.Subscription() with { Throttle = new(1, 60) };
        var sending = await DecideAsync(throttled);
        var retrying = sending.Finish(new(500, "x", IsTransient: true), TimeSpan.FromSeconds(1), _clock.GetUtcNow())!;
        await Store.SaveAsync(retrying, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var again = NewDecision().Move(retrying, throttled)!;

        Assert.Equal(NotificationStatus.Sending, again.Status);
        Assert.False(await NewDecision().IsThrottledAsync(again, throttled, Cancellation));
    }

    [Fact]
    public async Task The_urgent_and_tests_pass()
    {
        var strict = Samples.Subscription() with { Throttle = new(1, 60), QuietHours = new(new(0, 0), new(23, 59), "UTC") };
        var test = Notification.Test("alice", NotificationChannel.Webhook, "correlation", Stories.At(_clock.GetUtcNow()));

        var urgent = await DecideAsync(strict, new ExecutionResult { Outcome = RunOutcome.WorkerLost });
        var tested = NewDecision().Move(test, strict with { Enabled = false })!;

        Assert.Equal((NotificationStatus.Sending, NotificationStatus.Sending), (urgent.Status, tested.Status));
        Assert.False(await NewDecision().IsThrottledAsync(tested, strict, Cancellation));
    }

    // Each decision comes from a new object, as after a restart.
    private DeliveryDecision NewDecision() => new(Stores.Get<IRateLimitStore>(), Options.Create(new NotificationOptions()), _clock);

    private async Task<Notification> DecideAsync(NotificationSubscription? subscription, ExecutionResult? result = null)
    {
        var news = Samples.Of(result ?? Stories.Success, _clock.GetUtcNow()).Announce(default, _clock.GetUtcNow());
        await Store.AddAsync([news], Cancellation);
        var moved = NewDecision().Move(news, subscription)!;
        Assert.True(await Store.SaveAsync(moved, Cancellation));
        return moved.Status is NotificationStatus.Sending && await NewDecision().IsThrottledAsync(moved, subscription!, Cancellation)
            ? moved.Throttle()!
            : moved;
    }
}
