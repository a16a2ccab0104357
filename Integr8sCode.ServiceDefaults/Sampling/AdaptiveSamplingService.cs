using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Sampling;

/// <summary>Adapts the probabilities every second, and publishes them as a metric.</summary>
internal sealed class AdaptiveSamplingService(SampledOperations operations, EndpointDataSource endpoints, IMeterFactory meters, TimeProvider clock)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private long _lastTick;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        meters.Create("Integr8sCode").CreateObservableGauge(
            "integr8scode.sampling.probability", Observe, "1", "The share of an operation's traces that is kept.");
        _lastTick = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Tick(), null, Period, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The routes are known once the server has built its pipeline.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        operations.Learn(HttpRoute.Of(endpoints.Endpoints));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        var now = clock.GetTimestamp();
        operations.Tick(clock.GetElapsedTime(_lastTick, now).TotalSeconds);
        _lastTick = now;
        _timer?.Change(Period, Timeout.InfiniteTimeSpan); // not periodic: late ticks must not overlap, or follow without time between them
    }

    private IEnumerable<Measurement<double>> Observe() =>
        operations.All.Select(operation => new Measurement<double>(operation.Probability, new KeyValuePair<string, object?>("sampling.operation", operation.Name)));
}
