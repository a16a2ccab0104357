using System.Text;
using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;
using Integr8sCode.Storage;
using Integr8sCode.Users;

namespace Integr8sCode.Transfers;

/// <summary>A store with something of every kind in it.</summary>
internal static class FullStore
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <returns>The executions: one in each of four states.</returns>
    public static async Task<IReadOnlyList<Execution>> FillAsync(TestStores stores)
    {
        await AddUserAsync(stores);
        await stores.Get<IRateLimitStore>().SaveRulesAsync(RateLimitRules.Default with { Version = 1 }, Cancellation);
        await stores.Get<ISettingsStore>().SaveAsync(new() { Version = 1, ChangedBy = "admin", ChangedAt = Noon, RunningCap = 4 }, Cancellation);
        await stores.Get<IRetryPolicyStore>().SaveAsync(RetryPolicy.DefaultOf(Topics.ExecutionEvents) with { Version = 1 }, Cancellation);
        await stores.Get<IDeadLetterStore>().AddAsync(Letters.Failed().Retrying(Noon.AddMinutes(1)), Cancellation);
        await stores.Get<IReplayStore>().SaveAsync(
            ReplaySession.Create(Guid.CreateVersion7(Noon), new() { Filter = new() }, 5, "admin", Noon), Cancellation);
        await stores.Get<INotificationStore>().AddAsync(
            [Samples.Of(Noon, NotificationChannel.InApp), Samples.Of(Noon, NotificationChannel.InApp).Read(Noon.AddMinutes(1))!, Samples.Of(Noon).Claim(TimeSpan.FromMinutes(1), Noon.AddSeconds(5))!], Cancellation);
        return await AddExecutionsAsync(stores);
    }

    /// <returns>The id of one that has ended.</returns>
    public static async Task<Guid> FinishedAsync(TestStores stores) => (await stores.Get<IExecutionStore>().FinishedAsync(Noon)).Id;

    public static async Task<IEnumerable<Guid>> UnpublishedAsync(TestStores stores)
    {
        var unpublished = await stores.Get<IEventStore>().FindUnpublishedAsync(Noon.AddDays(1), 100, Cancellation);
        return unpublished.Select(waiting => waiting.EventId).Order();
    }

    private static async Task AddUserAsync(TestStores stores)
    {
        await stores.Get<IUserStore>().AddAsync(new("alice", UserRole.Admin, IsDisabled: true, Noon), Cancellation);
        await stores.Get<IApiKeyStore>().SaveAsync(
            ApiKey.Of(ApiKey.Generate(), "alice", Noon) with { Name = "laptop", ExpiresAt = Noon.AddDays(1), LastUsedAt = Noon.AddTicks(1) }, Cancellation);
        await stores.Get<ISubscriptionStore>().SaveAsync(Samples.Subscription() with { Throttle = new(5, 60) }, Cancellation);
        await stores.Get<IRateLimitStore>().SaveUserAsync(new("alice", RateLimitRules.Default.Rules, Multiplier: 2.5, UpdatedAt: Noon), Cancellation);
    }

    private static async Task<IReadOnlyList<Execution>> AddExecutionsAsync(TestStores stores)
    {
        var executions = stores.Get<IExecutionStore>();
        var queued = await executions.AcceptAsync(Stories.Accepted(Noon, key: "only once"), Cancellation);
        var scheduled = await executions.ScheduledAsync(Noon.AddSeconds(1));
        var running = await executions.RunningAsync(Noon.AddSeconds(2), TimeSpan.FromSeconds(30));
        var finished = await executions.RunningAsync(Noon.AddSeconds(3), TimeSpan.FromSeconds(30));
        var output = new ExecutionOutput(Encoding.UTF8.GetBytes("42\n"), [0xff, 0x00]);
        finished = await executions.DoneAsync(finished.Finish(Stories.Worker, 1, Stories.Success, output, Stories.At(Noon.AddSeconds(4))));
        await stores.Get<ISagaStore>().SaveAsync(Saga.Start(running.Id, "alice", SagaStep.AwaitOutcome, Noon.AddMinutes(5), Noon), Cancellation);

        var stream = await stores.Get<IEventStore>().ListAsync(finished.Id, Cancellation);
        await stores.Get<IEventStore>().MarkPublishedAsync([.. stream.SkipLast(1).Select(recorded => recorded.EventId)], Cancellation);
        return [queued, scheduled, running, finished];
    }
}
