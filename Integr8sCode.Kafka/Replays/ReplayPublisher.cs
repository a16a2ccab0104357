using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>Sends recorded events once more, as they were, marked with the session that does it.</summary>
public sealed class ReplayPublisher
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly KafkaMetrics _metrics;

    internal ReplayPublisher(IProducer<byte[], byte[]> producer, KafkaMetrics metrics) => (_producer, _metrics) = (producer, metrics);

    /// <summary>Sends at once and completes with the broker's acknowledgement; events of one execution arrive in the order of the calls.</summary>
    /// <param name="session">Context of the session's span, which the event's span links to.</param>
    /// <returns>The place of the message: its topic, partition and offset.</returns>
    /// <exception cref="ReplayException">The broker did not take the message.</exception>
    public Task<MessagePlace> PublishAsync(Event recorded, string topic, Guid sessionId, ActivityContext session)
    {
        var value = CompactJson.Write(recorded, CoreJson.Default.Event);
        var span = ReplaySpan.Start(recorded, sessionId, session, topic);
        span?.SetTag(SpanAttributes.MessagingBodySize, value.Length);
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(recorded.ExecutionId.ToString()),
            Value = value,
            Headers = MessageHeaders.Of(recorded, span?.Context ?? recorded.TraceContext, sessionId),
        };
        var acknowledged = new TaskCompletionSource<MessagePlace>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _producer.Produce(topic, message, report => Finish(acknowledged, span, report));
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            Finish(acknowledged, span, new() { TopicPartitionOffsetError = new(topic, Partition.Any, Offset.Unset, refused.Error) });
        }

        return acknowledged.Task;
    }

    private void Finish(TaskCompletionSource<MessagePlace> acknowledged, Activity? span, DeliveryReport<byte[], byte[]> report)
    {
        _metrics.Sent(report.Topic, report.Error);
        PublishSpan.Stop(span, report);
        if (report.Error.IsError)
        {
            acknowledged.SetException(new ReplayException($"Kafka did not take an event for {report.Topic}: {report.Error.Reason}"));
        }
        else
        {
            acknowledged.SetResult(new(report.Topic, report.Partition.Value, report.Offset.Value));
        }
    }
}
