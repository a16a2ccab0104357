using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Exporting;

/// <summary>Creates the providers before any service starts, and flushes them after the last one has stopped.</summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics, IEnumerable<LoggerProvider> logs)
    : IHostedLifecycleService
{
    private const int FlushMilliseconds = 5_000;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Shutdown blocks its thread, and the three share the limit only when they run at once. Disposal does nothing after it.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        Task.Run(() => traces.Shutdown(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => metrics.Shutdown(FlushMilliseconds), CancellationToken.None),
        .. logs.Select(each => Task.Run(() => each.Shutdown(FlushMilliseconds), CancellationToken.None)),
    ]);
}
