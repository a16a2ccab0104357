using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class KafkaMetricsTests
{
    [Fact]
    public async Task What_goes_through_is_measured()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var gate = new TaskCompletionSource();
        var handler = new HandlerUnderTest((_, _) => gate.Task);
        var stores = new MessagingStores();
        stores.Add(Sample.Event() with { Time = TimeProvider.System.GetUtcNow().AddHours(1) });
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler, stores);
        using var measured = new Measurements(host);

        // One after the other: behind the event, in the same partition, the poison would not count as finished.
        await outside.SendAsync("poison"u8.ToArray());
        await Eventually.HoldsAsync(() => stores.DeadLetters.Count == 1, "the poison is a dead letter");
        host.Publisher.Publish(Sample.Event());
        await Eventually.HoldsAsync(() => handler.Calls.Count == 1, "the event is consumed");
        await Eventually.HoldsAsync(() => measured["kafka.consumer_group.lag"] == 1, "the lag is seen");
        Assert.Equal(1, measured["integr8scode.consumer.in_flight"]);
        gate.SetResult();

        await Eventually.HoldsAsync(() => measured["messaging.process.duration.count"] == 2, "both are finished");
        await Eventually.HoldsAsync(() => measured["integr8scode.outbox.pending"] == 1, "the backlog is seen");
        await Eventually.HoldsAsync(() => measured["messaging.client.sent.messages"] == 2, "the event and the dead letter are sent");
        Assert.Equal(2, measured["messaging.client.consumed.messages"]);
        Assert.Equal(1, measured["integr8scode.dead_letters"]);
        await Eventually.HoldsAsync(() => measured["kafka.consumer_group.lag"] == 0, "the lag is gone");
    }

    /// <summary>Sums of one host's instruments; gauges are read when asked.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _sums = new();
        private readonly MeterListener _listener = new();

        public Measurements(MessagingHost host)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.SourceName && host.Owns(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
                Add(instrument is Histogram<double> ? $"{instrument.Name}.count" : instrument.Name, instrument is Histogram<double> ? 1 : value));
            _listener.Start();
        }

        public double this[string name]
        {
            get
            {
                foreach (var gauge in _sums.Keys.Where(IsGauge)) _sums[gauge] = 0;
                _listener.RecordObservableInstruments();
                return _sums.GetValueOrDefault(name);
            }
        }

        public void Dispose() => _listener.Dispose();

        private static bool IsGauge(string name) =>
            name is "kafka.consumer_group.lag" || name.StartsWith("integr8scode.outbox", StringComparison.Ordinal) || name is "integr8scode.consumer.in_flight";

        private void Add(string name, double value) => _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
    }
}
