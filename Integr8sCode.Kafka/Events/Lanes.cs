using System.Threading.Channels;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>Runs messages side by side, but those of one key one after the other.</summary>
internal sealed class Lanes
{
    private readonly Func<ConsumeResult<byte[], byte[]>, CancellationToken, Task> _handle;
    private readonly Channel<(ConsumeResult<byte[], byte[]> Record, PartitionOffsets Offsets)>[] _lanes;
    private int _inFlight;

    public Lanes(int count, Func<ConsumeResult<byte[], byte[]>, CancellationToken, Task> handle)
    {
        _handle = handle;
        _lanes = new Channel<(ConsumeResult<byte[], byte[]>, PartitionOffsets)>[count];
        for (var i = 0; i < count; i++)
        {
            // Bounded by the poll thread, which asks for InFlight before it fetches.
            _lanes[i] = Channel.CreateUnbounded<(ConsumeResult<byte[], byte[]>, PartitionOffsets)>(new() { SingleReader = true });
            _ = RunAsync(_lanes[i].Reader);
        }
    }

    /// <summary>Messages taken and not finished.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Add(ConsumeResult<byte[], byte[]> record, PartitionOffsets offsets)
    {
        offsets.Add(record.Offset.Value);
        Interlocked.Increment(ref _inFlight);
        _lanes[LaneOf(record, _lanes.Length)].Writer.TryWrite((record, offsets));
    }

    public void Complete()
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.Complete();
        }
    }

    private static int LaneOf(ConsumeResult<byte[], byte[]> record, int count)
    {
        const uint FnvOffset = 2166136261;
        const uint FnvPrime = 16777619;
        var hash = record.Message.Key is { } key
            ? key.Aggregate(FnvOffset, (hash, part) => (hash ^ part) * FnvPrime)
            : (uint)record.Partition.Value;
        return (int)(hash % (uint)count);
    }

    private async Task RunAsync(ChannelReader<(ConsumeResult<byte[], byte[]> Record, PartitionOffsets Offsets)> lane)
    {
        await foreach (var (record, offsets) in lane.ReadAllAsync())
        {
            if (offsets.TryStart())
            {
                offsets.Finish(record.Offset.Value, await IsDoneAsync(record, offsets.Abandoned));
            }

            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task<bool> IsDoneAsync(ConsumeResult<byte[], byte[]> record, CancellationToken abandoned)
    {
        try
        {
            await _handle(record, abandoned);
            return true;
        }
        catch (Exception) when (abandoned.IsCancellationRequested)
        {
            return false; // whoever gets the partition gets the message again
        }
    }
}
