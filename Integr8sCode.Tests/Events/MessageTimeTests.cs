using Confluent.Kafka;

namespace Integr8sCode.Events;

public sealed class MessageTimeTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_790_000_000_123, "2026-09-21T14:13:20.123Z")]
    [InlineData(1_790_000_000_123_456, "9999-12-31T23:59:59.999Z")] // microseconds
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    [InlineData(-1, "1970-01-01T00:00:00.000Z")]
    [InlineData(long.MinValue, "1970-01-01T00:00:00.000Z")]
    public void Whatever_a_producer_writes_is_a_time(long milliseconds, string time) => Assert.Equal(
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime,
        MessageTime.Of(new() { Timestamp = new(milliseconds, TimestampType.CreateTime) }));
}
