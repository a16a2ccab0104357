using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>One consumer from subscribing to leaving the group; everything here runs on the poll thread.</summary>
internal sealed class ConsumerSession : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LagInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FullLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(1);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Assignment _assignment;
    private readonly Lanes _lanes;
    private readonly KafkaOptions _options;
    private readonly TimeProvider _clock = TimeProvider.System;
    private long _stored;
    private long _measured;
    private bool _paused;
    private bool _left;

    public ConsumerSession(Subscription subscription, KafkaOptions options, Assignment assignment, Lanes lanes, BrokerLog log)
    {
        _options = options;
        _assignment = assignment;
        _lanes = lanes;
        _consumer = new ConsumerBuilder<byte[], byte[]>(KafkaConfigs.Consumer(options, subscription.Group))
            .SetLogHandler((_, line) => log.Write(line))
            .SetErrorHandler((_, error) => log.Write(error))
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions))
            .SetPartitionsRevokedHandler((consumer, partitions) => _assignment.Revoke(consumer, partitions.Select(p => p.TopicPartition)))
            .SetPartitionsLostHandler((_, partitions) => _assignment.Lose(partitions.Select(p => p.TopicPartition)))
            .Build();
        _consumer.Subscribe(subscription.Topics);
    }

    /// <summary>Takes at most one message.</summary>
    public ConsumeResult<byte[], byte[]>? Step()
    {
        StoreAndMeasure();
        WaitForRoom();
        try
        {
            if (_consumer.Consume(Poll) is not { } record)
            {
                return null;
            }

            _lanes.Add(record, _assignment[record.TopicPartition]);
            return record;
        }
        catch (ConsumeException late) when (late.Error.Code is ErrorCode.Local_MaxPollExceeded)
        {
            _assignment.LoseAll(); // the group has given our partitions away, and no handler is called for it
            return null;
        }
    }

    /// <summary>Lets what was taken end, commits it and leaves the group.</summary>
    public void Close()
    {
        _consumer.Pause(_consumer.Assignment);
        var started = _clock.GetTimestamp();
        while (_lanes.InFlight > 0 && _clock.GetElapsedTime(started) < DrainLimit)
        {
            KeepPolling();
        }

        _assignment.StoreOffsets(_consumer);
        _left = true;
        Task.Run(Leave).Wait(LeaveLimit); // without a broker it would wait for one
    }

    public void Dispose()
    {
        _assignment.LoseAll();
        _lanes.Complete();
        if (!_left)
        {
            _consumer.Dispose();
        }
    }

    // Paused, but rebalances go on.
    private void KeepPolling()
    {
        try
        {
            _consumer.Consume(Poll);
        }
        catch (ConsumeException)
        {
            Thread.Sleep(Poll); // the broker may be away; what runs ends all the same
        }
    }

    private void Leave()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private void Assign(IEnumerable<TopicPartition> partitions)
    {
        _assignment.Add(partitions);
        _paused = false; // new partitions are not
    }

    private void StoreAndMeasure()
    {
        if (_clock.GetElapsedTime(_stored) >= StoreInterval)
        {
            _assignment.StoreOffsets(_consumer);
            _stored = _clock.GetTimestamp();
        }

        if (_clock.GetElapsedTime(_measured) >= LagInterval)
        {
            _assignment.MeasureLag(_consumer);
            _measured = _clock.GetTimestamp();
        }
    }

    // Pausing throws the prefetched messages away and costs about a second, so it comes only after a wait.
    private void WaitForRoom()
    {
        if (!_paused && _lanes.InFlight < _options.MaxInFlight)
        {
            return;
        }

        if (_paused)
        {
            if (_lanes.InFlight <= _options.MaxInFlight / 2)
            {
                _consumer.Resume(_consumer.Assignment);
                _paused = false;
            }
        }
        else if (!SpinWait.SpinUntil(() => _lanes.InFlight < _options.MaxInFlight, FullLimit))
        {
            _consumer.Pause(_consumer.Assignment);
            _paused = true;
        }
    }
}
