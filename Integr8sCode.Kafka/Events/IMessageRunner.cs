using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>Brings a message of a subscription to its end.</summary>
internal interface IMessageRunner
{
    /// <summary>True for what the group passes by, without a span and without decoding it.</summary>
    bool IsForOthers(ConsumeResult<byte[], byte[]> record);

    /// <summary>Throws only when the store cannot be reached, which is no fault of the message.</summary>
    /// <returns>Why the message could not be handled; <see langword="null"/> when it was.</returns>
    Task<Exception?> RunAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken);
}
