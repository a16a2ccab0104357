using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>Reads a topic as a client that knows no inbox: every message, as often as it is there.</summary>
internal static class ReplayedOnKafka
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <returns>The messages that a session has put on our topics.</returns>
    public static List<Message<string, byte[]>> Of(string bootstrap, Guid sessionId, params string[] topics)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = $"outside-{Guid.CreateVersion7()}",
            EnablePartitionEof = true,
            EnableAutoCommit = false,
            FetchWaitMaxMs = 5,
        }).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = (topics is [] ? [Topics.ExecutionEvents, Topics.ExecutionTasks] : topics)
            .SelectMany(topic => admin.GetMetadata(topic, Limit).Topics.Single().Partitions.Select(p => new TopicPartition(topic, p.PartitionId)))
            .ToList();
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));

        var found = new List<Message<string, byte[]>>();
        for (var ended = 0; ended < partitions.Count;)
        {
            var record = consumer.Consume(Limit) ?? throw new TimeoutException($"{ended} of {partitions.Count} partitions read.");
            if (record.IsPartitionEOF)
            {
                ended++;
            }
            else if (MessageHeaders.ReplaySessionOf(record.Message.Headers) == sessionId)
            {
                found.Add(record.Message);
            }
        }

        return found;
    }

    public static IEnumerable<string> TypesOf(IEnumerable<Message<string, byte[]>> messages) =>
        messages.Select(message => OutsideClient.Text(message.Headers, "event_type"));

    public static IEnumerable<string> EventIdsOf(IEnumerable<Message<string, byte[]>> messages) =>
        messages.Select(message => OutsideClient.Text(message.Headers, "event_id"));
}
