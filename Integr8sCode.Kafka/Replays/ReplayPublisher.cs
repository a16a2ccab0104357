using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>Sends recorded events once more, as they were, marked with the session that does it.</summary>
public sealed class ReplayPublisher
{
    private readonly MessageSender _sender;

    internal ReplayPublisher(MessageSender sender) => _sender = sender;

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
            Key = Encoding.UTF8.GetBytes(Topics.KeyOf(recorded)),
            Value = value,
            Headers = MessageHeaders.Of(recorded, span?.Context ?? recorded.TraceContext, sessionId),
        };
        var acknowledged = new TaskCompletionSource<MessagePlace>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Send(new(topic, Partition.Any), message, span, report => Finish(acknowledged, report));
        return acknowledged.Task;
    }

    private static void Finish(TaskCompletionSource<MessagePlace> acknowledged, DeliveryReport<byte[], byte[]> report)
    {
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
