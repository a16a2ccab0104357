using System.Text;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>A Kafka client that knows nothing of us.</summary>
internal sealed class OutsideClient(string bootstrap) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly IProducer<byte[], byte[]> _producer =
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrap }).SetLogHandler((_, _) => { }).Build();

    public static Headers Headers(params (string Name, string? Value)[] headers)
    {
        var result = new Headers();
        foreach (var (name, value) in headers) result.Add(name, value is null ? null : Encoding.UTF8.GetBytes(value));
        return result;
    }

    public static string Text(Headers headers, string name) => Encoding.UTF8.GetString(headers.Single(h => h.Key == name).GetValueBytes());

    public Task SendAsync(byte[]? value, Headers? headers = null, string? key = "key", int partition = 0) => _producer.ProduceAsync(
        new TopicPartition(Topics.ExecutionEvents, partition),
        new() { Key = key is null ? null! : Encoding.UTF8.GetBytes(key), Value = value!, Headers = headers },
        TestContext.Current.CancellationToken);

    /// <summary>Sends to partition 0 with a time of its own.</summary>
    public Task SendAsync(byte[] value, string topic, DateTimeOffset time) => _producer.ProduceAsync(
        new TopicPartition(topic, 0), new() { Value = value, Timestamp = new(time) }, TestContext.Current.CancellationToken);

    /// <summary>Reads everything of the topic until there are as many messages as expected.</summary>
    public List<ConsumeResult<byte[], byte[]>> Read(string topic, int count)
    {
        using var consumer = NewConsumer("outside-" + Guid.CreateVersion7());
        consumer.Subscribe(topic);
        var messages = new List<ConsumeResult<byte[], byte[]>>();
        while (messages.Count < count)
        {
            messages.Add(consumer.Consume(Limit) ?? throw new TimeoutException($"{messages.Count} of {count} messages"));
        }

        return messages;
    }

    /// <summary>What the group has committed of partition 0; 0 while that is nothing.</summary>
    public long Committed(string group)
    {
        using var consumer = NewConsumer(group);
        var offset = consumer.Committed([new TopicPartition(Topics.ExecutionEvents, 0)], Limit).Single().Offset;
        return Math.Max(0, offset.Value);
    }

    /// <summary>Lets the group, which must have no members, begin again at the first message of partition 0.</summary>
    public void Rewind(string group)
    {
        using var consumer = NewConsumer(group);
        consumer.Subscribe(Topics.ExecutionEvents);
        Assert.True(SpinWait.SpinUntil(() => consumer.Consume(TimeSpan.FromMilliseconds(50)) is null && consumer.Assignment.Count > 0, Limit));
        consumer.Commit([new TopicPartitionOffset(Topics.ExecutionEvents, 0, 0)]); // only a member may
        consumer.Close();
    }

    /// <summary>How many messages the partition holds.</summary>
    public long CountOf(string topic, int partition)
    {
        using var consumer = NewConsumer("outside-" + Guid.CreateVersion7());
        return consumer.QueryWatermarkOffsets(new(topic, partition), Limit).High.Value;
    }

    public void Dispose() => _producer.Dispose();

    private IConsumer<byte[], byte[]> NewConsumer(string group) => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = bootstrap,
        GroupId = group,
        GroupProtocol = GroupProtocol.Consumer,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        FetchWaitMaxMs = 5,
    }).SetLogHandler((_, _) => { }).Build();
}
