using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>
/// Puts stored events on Kafka without waiting: what the broker acknowledges is marked in the event store, what it does not is left to
/// <see cref="OutboxRelay"/>.
/// </summary>
public sealed class EventPublisher
{
    private readonly MessageSender _sender;
    private readonly PublishedEvents _published;
    private readonly BrokerMemory _memory;
    private readonly BrokerLog _log;
    private readonly ConcurrentDictionary<Guid, bool> _inFlight = new();

    internal EventPublisher(MessageSender sender, PublishedEvents published, BrokerMemory memory, BrokerLog log)
    {
        _sender = sender;
        _published = published;
        _memory = memory;
        _log = log;
    }

    /// <summary>
    /// Sends a stored event, for the first time or again, or rings a bell. Whoever sends it, its <c>kafka.publish</c> span is a child of the span that
    /// recorded the event, or of the current one where none was.
    /// </summary>
    /// <returns>False where the producer still tries to send it since an earlier call.</returns>
    public bool Publish(Event @event)
    {
        if (!_inFlight.TryAdd(@event.EventId, true))
        {
            return false;
        }

        var topic = Topics.Of(@event.Type);
        var value = CompactJson.Write(@event, CoreJson.Default.Event);
        var recorded = @event.TraceContext;
        var current = Activity.Current;
        var span = PublishSpan.Start(@event, topic, value.Length, parent: recorded);
        Activity.Current = current; // the span ends at the delivery report, long after this method returned

        var context = span?.Context ?? (recorded == default ? Telemetry.CurrentContext : recorded);
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(Topics.KeyOf(@event)),
            Value = value,
            Headers = MessageHeaders.Of(@event, context),
        };
        _sender.Send(new(topic, Partition.Any), message, span, report => Finish(@event, report));
        return true;
    }

    private void Finish(Event @event, DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            _log.NotPublished(report.Error);
        }
        else
        {
            _memory.Note(report.TopicPartitionOffset);
            if (@event.IsRecorded)
            {
                _published.Note(@event.EventId);
            }
        }

        _inFlight.TryRemove(@event.EventId, out _);
    }
}
