using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>
/// Hands messages to the broker without waiting. A message's span ends with the broker's answer; where the process ends before, with the
/// process: a span that is never ended is never exported, and its trace would have a hole.
/// </summary>
internal sealed class MessageSender(IProducer<byte[], byte[]> producer, KafkaMetrics metrics)
{
    private static readonly Error Unanswered = new(
        ErrorCode.Local_TimedOut, "The process stopped before Kafka had answered: it may have the message or not.");

    private readonly ConcurrentDictionary<Activity, TopicPartition> _open = new();

    /// <param name="span">The message's span; it ends here, whatever becomes of the message.</param>
    /// <param name="answered">Called once, on the producer's own thread, unless the process ends before.</param>
    public void Send(TopicPartition place, Message<byte[], byte[]> message, Activity? span, Action<DeliveryReport<byte[], byte[]>> answered)
    {
        if (span is not null)
        {
            _open[span] = place;
        }

        try
        {
            producer.Produce(place, message, Finish);
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            Finish(ReportOf(place, refused.Error));
        }

        void Finish(DeliveryReport<byte[], byte[]> report)
        {
            metrics.Sent(report.Topic, report.Error);
            End(span, report);
            answered(report);
        }
    }

    /// <summary>Waits for the outstanding answers, and ends the spans of messages that got none.</summary>
    public void Close(TimeSpan limit)
    {
        producer.Flush(limit);
        foreach (var (span, place) in _open)
        {
            End(span, ReportOf(place, Unanswered));
        }
    }

    private void End(Activity? span, DeliveryReport<byte[], byte[]> report)
    {
        if (span is not null && _open.TryRemove(span, out _))
        {
            PublishSpan.Stop(span, report);
        }
    }

    private static DeliveryReport<byte[], byte[]> ReportOf(TopicPartition place, Error error) =>
        new() { TopicPartitionOffsetError = new(place, Offset.Unset, error) };
}
