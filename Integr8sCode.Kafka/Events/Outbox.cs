using System.Diagnostics.Metrics;

namespace Integr8sCode.Events;

/// <summary>The stored events that Kafka has not acknowledged: which of them to send again, and how many there are.</summary>
internal sealed class Outbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly IEventStore _store;
    private readonly TimeProvider _clock;
    private OutboxBacklog? _backlog;

    public Outbox(IEventStore store, TimeProvider clock, IMeterFactory meters)
    {
        _store = store;
        _clock = clock;
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge("integr8scode.outbox.pending", ObservePending, "{event}", "Stored events that Kafka has not acknowledged.");
        meter.CreateObservableGauge("integr8scode.outbox.oldest", ObserveOldest, "s", "Age of the oldest of them.");
    }

    /// <returns>The oldest events that have waited longer than an acknowledgement takes, at most <paramref name="limit"/>.</returns>
    public Task<IReadOnlyList<Event>> FindLostAsync(int limit, CancellationToken cancellationToken) =>
        _store.FindUnpublishedAsync(_clock.GetUtcNow() - Patience, limit, cancellationToken);

    public async Task MeasureAsync(CancellationToken cancellationToken) =>
        _backlog = await _store.MeasureBacklogAsync(cancellationToken);

    /// <summary>Another process has the lease, and reports.</summary>
    public void LeaveToOthers() => _backlog = null;

    private IEnumerable<Measurement<long>> ObservePending() => _backlog is { } backlog ? [new(backlog.Count)] : [];

    private IEnumerable<Measurement<double>> ObserveOldest() => _backlog is { } backlog
        ? [new(backlog.Oldest is { } oldest ? (_clock.GetUtcNow() - oldest).TotalSeconds : 0)]
        : [];
}
