using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>What librdkafka is told, in one place.</summary>
internal static class KafkaConfigs
{
    /// <summary>Bytes: a broker's usual largest message, and the headers that it gets as a dead letter.</summary>
    private const int LargestMessage = 1_048_588 + (64 * 1024);

    public static void Configure(ProducerConfig config, KafkaOptions options)
    {
        config.Acks = Acks.All;
        config.EnableIdempotence = true;
        config.AllowAutoCreateTopics = false; // a topic that a broker makes up has the broker's number of partitions, not ours
        config.CompressionType = options.CompressionType;
        config.LingerMs = options.Linger.TotalMilliseconds;
        config.MessageTimeoutMs = (int)options.MessageTimeout.TotalMilliseconds;
        config.QueueBufferingMaxMessages = options.ProducerQueue;
        config.QueueBufferingMaxKbytes = 64 * 1024;
        config.MessageMaxBytes = LargestMessage;
        config.ReconnectBackoffMaxMs = 2_000;
    }

    public static ConsumerConfig Consumer(KafkaOptions options, string group)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = options.BootstrapServers,
            GroupId = group,
            GroupProtocol = options.GroupProtocol,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = true,
            EnableAutoOffsetStore = false, // what is committed is what Assignment stores: finished work only
            AutoCommitIntervalMs = 500,
            FetchWaitMaxMs = (int)options.FetchWaitMax.TotalMilliseconds,
            FetchQueueBackoffMs = 10,
            QueuedMaxMessagesKbytes = 8 * 1024,
            TopicMetadataRefreshIntervalMs = 10_000,
            ReconnectBackoffMaxMs = 2_000,
        };

        // KIP-848 leaves these to the broker, and librdkafka refuses them with it.
        if (options.GroupProtocol is GroupProtocol.Classic)
        {
            config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
            config.SessionTimeoutMs = (int)options.SessionTimeout.TotalMilliseconds;
            config.HeartbeatIntervalMs = (int)options.HeartbeatInterval.TotalMilliseconds;
        }

        return config;
    }

    /// <summary>For a consumer without a group, which has a partition assigned and commits nothing.</summary>
    public static ConsumerConfig Listener(KafkaOptions options, string name) => new()
    {
        BootstrapServers = options.BootstrapServers,
        GroupId = name, // asked for, though nobody joins it
        AutoOffsetReset = AutoOffsetReset.Earliest, // what is there once its place is gone has not been read yet
        EnableAutoCommit = false,
        // Not as often as events are fetched from the development broker: this is idle nearly always.
        FetchWaitMaxMs = Math.Max(100, (int)options.FetchWaitMax.TotalMilliseconds),
        QueuedMaxMessagesKbytes = 1024,
        TopicMetadataRefreshIntervalMs = 10_000,
        ReconnectBackoffMaxMs = 2_000,
    };
}
