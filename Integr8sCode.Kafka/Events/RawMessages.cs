using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>Hands every message over as it is.</summary>
internal sealed class RawMessages(IMessageHandler handler) : IMessageRunner
{
    public static RawMessage Of(ConsumeResult<byte[], byte[]> record) => new()
    {
        Topic = record.Topic,
        Partition = record.Partition.Value,
        Offset = record.Offset.Value,
        Timestamp = MessageTime.Of(record.Message),
        Key = record.Message.Key,
        Value = record.Message.Value,
        Headers = [.. record.Message.Headers.Select(header => new RawHeader(header.Key, header.GetValueBytes()))],
    };

    public bool IsForOthers(ConsumeResult<byte[], byte[]> record) => false;

    public async Task<Exception?> RunAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        await handler.HandleAsync(Of(record), cancellationToken);
        return null;
    }
}
