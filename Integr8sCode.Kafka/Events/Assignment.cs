using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>The partitions this process holds at the moment.</summary>
internal sealed class Assignment(Subscription subscription, KafkaMetrics metrics)
{
    private static readonly TimeSpan RevokeLimit = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<TopicPartition, PartitionOffsets> _partitions = new();

    public PartitionOffsets this[TopicPartition partition] =>
        _partitions.GetOrAdd(partition, _ => new());

    public void Add(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _partitions[partition] = new();
        }

        subscription.Partitions = _partitions.Count;
    }

    /// <summary>Gives partitions back: what runs may end, what waits does not start, and what is done is committed.</summary>
    public void Revoke(IConsumer<byte[], byte[]> consumer, IEnumerable<TopicPartition> partitions)
    {
        var revoked = partitions.Where(_partitions.ContainsKey).ToDictionary(partition => partition, partition => _partitions[partition]);
        foreach (var offsets in revoked.Values)
        {
            offsets.Revoke();
        }

        SpinWait.SpinUntil(() => revoked.Values.All(offsets => offsets.IsIdle), RevokeLimit);
        Commit(consumer, revoked);
        Lose(revoked.Keys);
    }

    /// <summary>Others have these partitions already: nothing is committed.</summary>
    public void Lose(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            if (_partitions.TryRemove(partition, out var offsets))
            {
                offsets.Abandon();
                metrics.Forget(subscription.Group, partition);
            }
        }

        subscription.Partitions = _partitions.Count;
    }

    public void LoseAll() => Lose([.. _partitions.Keys]);

    /// <summary>Tells librdkafka what its next commit may say.</summary>
    public void StoreOffsets(IConsumer<byte[], byte[]> consumer)
    {
        foreach (var (partition, offsets) in _partitions)
        {
            if (offsets.Watermark is var watermark && watermark > offsets.Stored)
            {
                try
                {
                    consumer.StoreOffset(new TopicPartitionOffset(partition, watermark));
                    offsets.Stored = watermark;
                }
                catch (KafkaException)
                {
                    // The partition was taken away meanwhile; its message comes to the new owner.
                }
            }
        }
    }

    public void MeasureLag(IConsumer<byte[], byte[]> consumer)
    {
        foreach (var (partition, offsets) in _partitions)
        {
            var high = consumer.GetWatermarkOffsets(partition).High;
            if (high >= 0 && offsets.Watermark >= 0)
            {
                metrics.Lag(subscription.Group, partition, high.Value - offsets.Watermark);
            }
        }
    }

    private static void Commit(IConsumer<byte[], byte[]> consumer, Dictionary<TopicPartition, PartitionOffsets> revoked)
    {
        var finished = revoked.Where(pair => pair.Value.Watermark > 0).Select(pair => new TopicPartitionOffset(pair.Key, pair.Value.Watermark));
        try
        {
            consumer.Commit(finished);
        }
        catch (KafkaException)
        {
            // The group has moved on without us: the work comes again and the inbox drops it.
        }
    }
}
