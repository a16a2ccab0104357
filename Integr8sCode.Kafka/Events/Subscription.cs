using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>Which group of this process handles which topics, and how it fares.</summary>
internal class Subscription(string group, IReadOnlyList<string> topics)
{
    private readonly ConcurrentDictionary<TopicPartitionOffset, string> _stuck = new();
    private int _partitions;

    public string Group { get; } = group;

    public IReadOnlyList<string> Topics { get; } = topics;

    /// <summary>Why messages cannot be finished; <see langword="null"/> while all is well.</summary>
    public string? Trouble => _stuck.IsEmpty ? null : $"{_stuck.Count} messages wait for the store: {_stuck.Values.FirstOrDefault()}";

    /// <summary>Partitions assigned to this process.</summary>
    public int Partitions
    {
        get => Volatile.Read(ref _partitions);
        set => Volatile.Write(ref _partitions, value);
    }

    public void Stuck(TopicPartitionOffset message, string reason) => _stuck[message] = reason;

    public void Left(TopicPartitionOffset message) => _stuck.TryRemove(message, out _);
}
