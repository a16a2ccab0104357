using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>Puts dead letters on <c>dead_letter_queue</c>, and their messages back to where they came from.</summary>
public sealed class DeadLetterPublisher
{
    private static readonly Error NoError = new(ErrorCode.NoError);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly KafkaMetrics _metrics;
    private readonly BrokerLog _log;

    internal DeadLetterPublisher(IProducer<byte[], byte[]> producer, KafkaMetrics metrics, BrokerLog log)
    {
        _producer = producer;
        _metrics = metrics;
        _log = log;
    }

    /// <summary>
    /// Sends a letter that is already stored, without waiting: key, value and headers as they came, and what went wrong. Where Kafka does
    /// not take it, the dlq-processor finds it in the store.
    /// </summary>
    public void Announce(DeadLetter letter, RetryPolicy policy)
    {
        var current = Activity.Current;
        var span = PublishSpan.Start(letter, Topics.DeadLetterQueue);
        Activity.Current = current; // the span ends at the delivery report, long after this method returned
        var message = new Message<byte[], byte[]>
        {
            Key = letter.Message.Key!,
            Value = letter.Message.Value!,
            Headers = DeadLetterHeaders.Of(letter, policy),
        };
        try
        {
            _producer.Produce(Topics.DeadLetterQueue, message, report => Finish(span, report));
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            Finish(span, new() { TopicPartitionOffsetError = new(Topics.DeadLetterQueue, Partition.Any, Offset.Unset, refused.Error) });
        }
    }

    /// <summary>
    /// Sends the letter's message, or what an operator made of it, to its topic once more, and waits for the broker. The <c>dlq.retry</c>
    /// span continues the letter's <c>dlq.consume</c>, whenever that was.
    /// </summary>
    /// <exception cref="KafkaException">The broker did not take it.</exception>
    public async Task RetryAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        using var span = RetrySpan.Start(letter);
        var message = new Message<byte[], byte[]>
        {
            Key = (letter.State.Edit?.Key ?? letter.Message.Key)!,
            Value = (letter.State.Edit?.Value ?? letter.Message.Value)!,
            Headers = DeadLetterHeaders.OfRetry(letter, Telemetry.CurrentContext),
        };
        try
        {
            var sent = await _producer.ProduceAsync(PlaceOf(letter), message, cancellationToken);
            span.SetTag(SpanAttributes.MessagingPartition, sent.Partition.Value.ToString(CultureInfo.InvariantCulture));
            span.SetTag(SpanAttributes.MessagingOffset, sent.Offset.Value);
            _metrics.Sent(letter.Message.Topic, NoError);
        }
        catch (ProduceException<byte[], byte[]> failure)
        {
            span.SetTag(SpanAttributes.ErrorType, failure.Error.Code.ToString());
            span.SetStatus(ActivityStatusCode.Error, failure.Error.Reason);
            _metrics.Sent(letter.Message.Topic, failure.Error);
            throw;
        }
    }

    // The partition it came from, whatever put it there; an edited message goes where its key belongs.
    private static TopicPartition PlaceOf(DeadLetter letter) =>
        new(letter.Message.Topic, letter.State.Edit is null ? new Partition(letter.Message.Partition) : Partition.Any);

    private void Finish(Activity? span, DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            _log.NotAnnounced(report.Error);
        }

        _metrics.Sent(report.Topic, report.Error);
        PublishSpan.Stop(span, report);
    }
}
