using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>
/// Notices a broker that came back without what it had acknowledged: within a partition the offsets of a producer's messages only grow,
/// unless the partition's log has begun anew.
/// </summary>
internal sealed partial class BrokerMemory(ILogger<BrokerMemory> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPartition, Offset> _highest = [];
    private readonly Channel<bool> _losses = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Completes once for each loss, or for several in a row.</summary>
    public async Task WaitForLossAsync(CancellationToken cancellationToken) => await _losses.Reader.ReadAsync(cancellationToken);

    public void Note(TopicPartitionOffset delivered)
    {
        if (delivered.Offset.IsSpecial)
        {
            return; // the broker had it from an earlier try, and no longer knows where
        }

        lock (_gate)
        {
            if (_highest.TryGetValue(delivered.TopicPartition, out var highest) && delivered.Offset <= highest)
            {
                _highest.Clear(); // the other partitions are as new, and no news
                LogLost(delivered.TopicPartition, highest, delivered.Offset);
                _losses.Writer.TryWrite(true);
            }

            _highest[delivered.TopicPartition] = delivered.Offset;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kafka has lost messages: {Partition} went back from offset {Highest} to {Offset}; what is open is sent again")]
    private partial void LogLost(TopicPartition partition, Offset highest, Offset offset);
}
