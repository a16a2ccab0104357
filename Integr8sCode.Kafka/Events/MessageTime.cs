using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>When a message says it was sent. A producer writes what it likes: what is no time at all becomes the nearest that is one.</summary>
internal static class MessageTime
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTime Of(Message<byte[], byte[]> message) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(message.Timestamp.UnixTimestampMs, 0, Latest)).UtcDateTime;
}
