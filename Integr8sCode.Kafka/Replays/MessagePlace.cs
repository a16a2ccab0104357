namespace Integr8sCode.Replays;

/// <summary>Where a message stands on Kafka.</summary>
public readonly record struct MessagePlace(string Topic, int Partition, long Offset)
{
    /// <summary>As <see cref="ReplaySession.Offsets"/> names the partition.</summary>
    public string Name => $"{Topic}/{Partition}";
}
