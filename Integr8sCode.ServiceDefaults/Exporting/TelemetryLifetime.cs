using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Exporting;

/// <summary>Creates the providers before any service starts, and flushes them after the last one has stopped.</summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedLifecycleService
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Shutdown blocks its thread, and the two share the limit only when they run at once. Dispose does no work after it.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.Shutdown((int)FlushLimit.TotalMilliseconds), CancellationToken.None),
        Task.Run(() => metrics.Shutdown((int)FlushLimit.TotalMilliseconds), CancellationToken.None));
}
