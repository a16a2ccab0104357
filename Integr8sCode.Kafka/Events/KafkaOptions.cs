using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>How this process talks to Kafka. The brokers themselves are <c>ConnectionStrings:kafka</c> (host:port, comma separated).</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    /// <summary>Taken from <c>ConnectionStrings:kafka</c>.</summary>
    [Required(ErrorMessage = "ConnectionStrings:kafka is missing: set it to the host:port of a Kafka broker.")]
    public string? BootstrapServers { get; set; }

    /// <summary>
    /// How long a broker may hold a fetch that finds nothing; 100 ms by default. A real broker answers as soon as there is a message,
    /// the development broker only when the time is over, so that local mode sets 5 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan FetchWaitMax { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// <c>classic</c> (default, every broker) or <c>consumer</c> (KIP-848, brokers from 4.0: no stop of the group when a member joins).
    /// </summary>
    [EnumDataType(typeof(GroupProtocol))]
    public GroupProtocol GroupProtocol { get; set; } = GroupProtocol.Classic;

    /// <summary>After how long without heartbeats a consumer counts as dead; 45 s by default, classic protocol only.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:30:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>3 s by default, classic protocol only; at most a third of <see cref="SessionTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Messages a consumer holds unfinished before it stops fetching; 256 by default.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = 256;

    /// <summary>Messages a consumer handles at once, each key in its own order; 16 by default.</summary>
    [Range(1, 256)]
    public int Lanes { get; set; } = 16;

    /// <summary>Partitions of a topic that has to be created; 8 by default.</summary>
    [Range(1, 1_000)]
    public int Partitions { get; set; } = 8;

    /// <summary>Replicas of a topic that has to be created; -1 by default, which leaves it to the broker.</summary>
    [Range(-1, 16)]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>lz4 by default.</summary>
    [EnumDataType(typeof(CompressionType))]
    public CompressionType CompressionType { get; set; } = CompressionType.Lz4;

    /// <summary>How long the producer waits for company before it sends; 0 by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; set; } = TimeSpan.Zero;

    /// <summary>How long the producer keeps trying a message, 30 s by default; after that the outbox relay takes over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages the producer holds unacknowledged, 20 000 by default; what does not fit is left to the outbox relay.</summary>
    [Range(1, 1_000_000)]
    public int ProducerQueue { get; set; } = 20_000;
}
