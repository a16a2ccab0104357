using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>
/// Puts stored events on Kafka without waiting: what the broker acknowledges is marked in the event store, what it does not is left to
/// <see cref="OutboxRelay"/>.
/// </summary>
public sealed class EventPublisher
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly PublishedEvents _published;
    private readonly KafkaMetrics _metrics;
    private readonly BrokerLog _log;
    private readonly ConcurrentDictionary<Guid, bool> _inFlight = new();

    internal EventPublisher(IProducer<byte[], byte[]> producer, PublishedEvents published, KafkaMetrics metrics, BrokerLog log)
    {
        _producer = producer;
        _published = published;
        _metrics = metrics;
        _log = log;
    }

    /// <summary>Sends an event that is already stored, or rings a bell; its <c>kafka.publish</c> span is a child of the current one.</summary>
    public void Publish(Event @event) => Send(@event, Activity.Current is null ? @event.TraceContext : default);

    /// <summary>Sends an event again; its <c>kafka.publish</c> span is a child of the context stored with the event.</summary>
    public void Relay(Event @event)
    {
        var current = Activity.Current;
        Activity.Current = null;
        Send(@event, @event.TraceContext);
        Activity.Current = current;
    }

    private void Send(Event @event, ActivityContext parent)
    {
        if (!_inFlight.TryAdd(@event.EventId, true))
        {
            return; // the producer still tries
        }

        var topic = Topics.Of(@event.Type);
        var value = JsonSerializer.SerializeToUtf8Bytes(@event, CoreJson.Default.Event);
        var current = Activity.Current;
        var span = PublishSpan.Start(@event, topic, value.Length, parent);
        Activity.Current = current; // the span ends at the delivery report, long after this method returned

        var context = span?.Context ?? (parent == default ? Telemetry.CurrentContext : parent);
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(Topics.KeyOf(@event)),
            Value = value,
            Headers = MessageHeaders.Of(@event, context),
        };
        try
        {
            _producer.Produce(topic, message, report => Finish(@event, span, report));
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            Finish(@event, span, new() { TopicPartitionOffsetError = new(topic, Partition.Any, Offset.Unset, refused.Error) });
        }
    }

    private void Finish(Event @event, Activity? span, DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            _log.NotPublished(report.Error);
        }
        else if (@event.IsRecorded)
        {
            _published.Note(@event.EventId);
        }

        _inFlight.TryRemove(@event.EventId, out _);
        _metrics.Sent(report.Topic, report.Error);
        PublishSpan.Stop(span, report);
    }
}
