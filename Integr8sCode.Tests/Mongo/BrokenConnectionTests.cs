using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Infrastructure;
using Integr8sCode.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Mongo;

public sealed class BrokenConnectionTests : IAsyncLifetime
{
    private readonly MongoTestStores _stores = new();
    private readonly DroppingProxy _proxy;

    public BrokenConnectionTests()
    {
        _proxy = new(_stores.Url.Server);
        _stores.Url.Server = _proxy.Address;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IExecutionStore Executions => _stores.Get<IExecutionStore>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_kept_once_and_known_as_kept()
    {
        var queued = await Executions.QueuedAsync(DateTimeOffset.UnixEpoch);
        var change = queued.Schedule(Stories.At(DateTimeOffset.UnixEpoch))!;
        _proxy.DropTheAnswerTo(change.Event.EventId);

        Assert.True(await Executions.AppendAsync(change, Cancellation));

        Assert.Equal(1, _proxy.Dropped);
        Assert.Equal(ExecutionStatus.Scheduled, (await Executions.FindAsync(queued.Id, Cancellation))!.State.Status);
        Assert.Equal(2, (await _stores.Get<IEventStore>().ListAsync(queued.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task An_acceptance_whose_answer_was_lost_is_kept_once()
    {
        var accepted = Stories.Accepted(DateTimeOffset.UnixEpoch, key: "key-1");
        await _stores.Get<MongoCollections>().PingAsync(Cancellation);
        _proxy.DropTheAnswerTo(accepted.Event.EventId);

        Assert.Equal(accepted.Execution.Id, (await Executions.AcceptAsync(accepted, Cancellation)).Id);

        Assert.Equal(1, _proxy.Dropped);
        Assert.Single(await Executions.ListAsync(new(), Cancellation));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_unavailable_within_the_time_set_and_comes_back()
    {
        _stores.Url.ServerSelectionTimeout = TimeSpan.FromMilliseconds(300);
        _stores.Url.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        var queued = await Executions.QueuedAsync(DateTimeOffset.UnixEpoch);
        await _proxy.StopAsync();

        var asked = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Executions.FindAsync(queued.Id, Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Executions.QueuedAsync(DateTimeOffset.UnixEpoch));
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());

        _proxy.Start();
        await Eventually.SeesAsync(HealthAsync, status => status is HealthStatus.Healthy, TimeSpan.FromSeconds(30));
        Assert.NotNull(await Executions.FindAsync(queued.Id, Cancellation));
    }

    private async Task<HealthStatus> HealthAsync() =>
        (await _stores.Get<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["store"].Status;
}
