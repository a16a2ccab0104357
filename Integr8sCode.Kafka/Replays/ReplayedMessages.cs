using Confluent.Kafka;
using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Replays;

/// <summary>
/// What a session has already put on its topics. A replayer that takes over from a dead one reads there what that one published after it
/// last saved the cursor, so that not even a reader without an inbox sees an event twice.
/// </summary>
public sealed class ReplayedMessages
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly KafkaOptions _options;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly BrokerLog _log;

    internal ReplayedMessages(IOptions<KafkaOptions> options, IProducer<byte[], byte[]> producer, BrokerLog log) =>
        (_options, _producer, _log) = (options.Value, producer, log);

    /// <returns>Where each partition of the topics ends now, by <c>topic/partition</c>.</returns>
    /// <exception cref="ReplayException">A topic does not exist, or the broker does not answer.</exception>
    public Dictionary<string, long> FindEnds(IReadOnlyCollection<string> topics)
    {
        using var consumer = Open();
        return PartitionsOf(topics).ToDictionary(NameOf, partition => Bounds(consumer, partition).High);
    }

    /// <param name="from">Where to begin in each partition, by <c>topic/partition</c>; at its beginning where it is not named.</param>
    /// <returns>The session's messages from there on: which events, and on which topic.</returns>
    /// <exception cref="ReplayException">A topic does not exist, or the broker does not answer.</exception>
    public HashSet<(Guid EventId, string Topic)> Find(
        Guid sessionId, IReadOnlyCollection<string> topics, IReadOnlyDictionary<string, long> from, CancellationToken cancellationToken)
    {
        using var consumer = Open();
        var found = new HashSet<(Guid, string)>();
        foreach (var partition in PartitionsOf(topics))
        {
            Read(consumer, partition, from.GetValueOrDefault(NameOf(partition)), record =>
            {
                if (MessageHeaders.ReplaySessionOf(record.Message.Headers) == sessionId
                    && Guid.TryParse(MessageHeaders.TextOf(record.Message.Headers, MessageHeaders.EventId), out var eventId))
                {
                    found.Add((eventId, record.Topic));
                }
            }, cancellationToken);
        }

        return found;
    }

    private static void Read(
        IConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, Action<ConsumeResult<byte[], byte[]>> look,
        CancellationToken cancellationToken)
    {
        var (low, high) = Bounds(consumer, partition);
        var next = from >= low && from <= high ? from : low; // a broker that was born again counts from zero
        if (next >= high)
        {
            return;
        }

        consumer.Assign(new TopicPartitionOffset(partition, next));
        while (next < high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = Ask(() => consumer.Consume(Patience))
                ?? throw new ReplayException($"Kafka gives nothing of {partition.Topic} from {next} on, which should end at {high}.");
            if (record.IsPartitionEOF)
            {
                break;
            }

            look(record);
            next = record.Offset.Value + 1;
        }

        consumer.Unassign();
    }

    private static string NameOf(TopicPartition partition) => new MessagePlace(partition.Topic, partition.Partition.Value, 0).Name;

    private static (long Low, long High) Bounds(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
    {
        var bounds = Ask(() => consumer.QueryWatermarkOffsets(partition, Patience));
        return (bounds.Low.Value, bounds.High.Value);
    }

    private static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (KafkaException failure)
        {
            throw new ReplayException($"Kafka does not answer: {failure.Error.Reason}", failure);
        }
    }

    private List<TopicPartition> PartitionsOf(IReadOnlyCollection<string> topics)
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        return [.. topics.SelectMany(topic =>
        {
            var metadata = Ask(() => admin.GetMetadata(topic, Patience)).Topics.Single();
            return metadata.Error.IsError
                ? throw new ReplayException($"Kafka has no topic {topic}: {metadata.Error.Reason}")
                : metadata.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId));
        })];
    }

    private IConsumer<byte[], byte[]> Open() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = _options.BootstrapServers,
        GroupId = "event-replay-reader", // never joined: the partitions are assigned by hand
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
        FetchWaitMaxMs = (int)_options.FetchWaitMax.TotalMilliseconds,
    }).SetLogHandler((_, line) => _log.Write(line)).Build();
}
