using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>
/// Repeats a message for as long as the store is away: the handler may have failed for the same reason, so the message starts over
/// instead of becoming a dead letter. Its offset does not move meanwhile, and health says why.
/// </summary>
internal sealed partial class MessageHandling(
    Subscription subscription, IMessageRunner runner, KafkaMetrics metrics, TimeProvider clock, ILogger<MessageHandling> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        if (runner.IsForOthers(record))
        {
            return;
        }

        var started = clock.GetTimestamp();
        try
        {
            var failure = await RunAsync(record, cancellationToken);
            metrics.Processed(record.Topic, subscription.Group, clock.GetElapsedTime(started), failure);
        }
        finally
        {
            subscription.Left(record.TopicPartitionOffset);
        }
    }

    private async Task<Exception?> RunAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await runner.RunAsync(record, cancellationToken);
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
