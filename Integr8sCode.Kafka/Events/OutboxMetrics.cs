using System.Diagnostics.Metrics;

namespace Integr8sCode.Events;

/// <summary>How many stored events wait for Kafka, as the process that holds the relay's lease last saw it.</summary>
internal sealed class OutboxMetrics
{
    private OutboxBacklog? _backlog;
    private TimeSpan _oldest;

    public OutboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge("integr8scode.outbox.pending", ObservePending, "{event}", "Stored events that Kafka has not acknowledged.");
        meter.CreateObservableGauge("integr8scode.outbox.oldest", ObserveOldest, "s", "Age of the oldest of them.");
    }

    /// <param name="backlog"><see langword="null"/> when another process holds the lease: one process reports.</param>
    public void Measured(OutboxBacklog? backlog, DateTimeOffset now)
    {
        _backlog = backlog;
        _oldest = backlog?.Oldest is { } oldest ? now - oldest : TimeSpan.Zero;
    }

    private IEnumerable<Measurement<long>> ObservePending() => _backlog is { } backlog ? [new(backlog.Count)] : [];

    private IEnumerable<Measurement<double>> ObserveOldest() => _backlog is null ? [] : [new(_oldest.TotalSeconds)];
}
