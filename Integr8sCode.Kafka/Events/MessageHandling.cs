using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>
/// Repeats a message for as long as the store is away: the handler may have failed for the same reason, so the message starts over
/// instead of becoming a dead letter. Its offset does not move meanwhile, and health says why.
/// </summary>
internal sealed partial class MessageHandling(
    Subscription subscription, MessageTries tries, KafkaMetrics metrics, TimeProvider clock, ILogger<MessageHandling> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        if (IsForOthers(record))
        {
            return;
        }

        var started = clock.GetTimestamp();
        try
        {
            var failure = await RunAsync(record, cancellationToken);
            metrics.Processed(record.Topic, subscription.Group, clock.GetElapsedTime(started), failure?.Exception);
        }
        finally
        {
            subscription.Left(record.TopicPartitionOffset);
        }
    }

    // By its header, so that nothing is decoded or traced that the group does not want. What has no known type is looked into.
    private bool IsForOthers(ConsumeResult<byte[], byte[]> record) =>
        MessageHeaders.TextOf(record.Message.Headers, MessageHeaders.EventType) is { } type
        && EventTypes.All.Contains(type)
        && !(subscription.Handler.Handles(type) && (subscription.Handler.HandlesReplays || !IsReplayed(record)));

    private static bool IsReplayed(ConsumeResult<byte[], byte[]> record) =>
        MessageHeaders.ReplaySessionOf(record.Message.Headers) is not null;

    private async Task<MessageFailure?> RunAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await tries.RunAsync(record, cancellationToken);
            }
            catch (Exception storeFailure) when (!cancellationToken.IsCancellationRequested)
            {
                if (subscription.Trouble is null)
                {
                    LogStoreFailure(storeFailure, subscription.Group);
                }

                subscription.Stuck(record.TopicPartitionOffset, storeFailure.Message);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "Consumer group {Group} waits for the store; its offsets stay where they are")]
    private partial void LogStoreFailure(Exception exception, string group);
}
