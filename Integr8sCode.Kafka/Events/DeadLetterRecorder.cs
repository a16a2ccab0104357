using System.Diagnostics;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>Keeps what no handler could take: a row first, then a number and a log line.</summary>
internal sealed partial class DeadLetterRecorder(
    Subscription subscription, IDeadLetterStore store, KafkaMetrics metrics, TimeProvider clock, ILogger<DeadLetterRecorder> logger)
{
    private const int LongestText = 4 * 1024;

    public async Task RecordAsync(
        ConsumeResult<byte[], byte[]> record, MessageFailure failure, int attempts, DateTimeOffset firstFailedAt,
        CancellationToken cancellationToken)
    {
        await store.AddAsync(
            new()
            {
                Id = Guid.CreateVersion7(),
                ConsumerGroup = subscription.Group,
                Topic = record.Topic,
                Partition = record.Partition.Value,
                Offset = record.Offset.Value,
                Key = record.Message.Key,
                Value = record.Message.Value,
                Headers = [.. record.Message.Headers.Select(header => new DeadLetterHeader(header.Key, header.GetValueBytes()))],
                EventId = failure.Message?.EventId,
                EventType = failure.Message?.Type,
                Stage = failure.Stage,
                ExceptionType = failure.Exception.GetType().FullName!,
                ExceptionMessage = Cut(failure.Exception.Message),
                StackTrace = failure.Exception.StackTrace is { } trace ? Cut(trace) : null,
                Attempts = attempts,
                FirstFailedAt = firstFailedAt,
                FailedAt = clock.GetUtcNow(),
                TraceParent = Activity.Current?.Id,
            },
            cancellationToken);
        using var scope = MessageScope.Begin(logger, failure.Message);
        metrics.DeadLettered(record.Topic, subscription.Group, failure.Stage);
        LogDeadLetter(failure.Exception, record.TopicPartitionOffset, failure.Stage, attempts);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    [LoggerMessage(LogLevel.Error, "Message {Position} is a dead letter (stage {Stage}, tried {Attempts} times)")]
    private partial void LogDeadLetter(Exception exception, TopicPartitionOffset position, DeadLetterStage stage, int attempts);
}
