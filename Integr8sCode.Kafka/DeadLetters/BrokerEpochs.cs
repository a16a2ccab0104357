using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// Tells the lives of a broker apart: an offset names a message only until the topic begins anew, as it does when a broker has lost its
/// data. A topic gets an id when it is made, and no two are alike.
/// </summary>
internal sealed class BrokerEpochs(IProducer<byte[], byte[]> producer)
{
    private static readonly DescribeTopicsOptions Options = new() { RequestTimeout = TimeSpan.FromSeconds(2) };

    /// <returns>The id that the topic has now; <see langword="null"/> where the broker does not tell.</returns>
    public async Task<string?> FindAsync(string topic)
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
            var described = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), Options);
            var id = described.TopicDescriptions.Single().TopicId;
            return id.MostSignificantBits == 0 && id.LeastSignificantBits == 0 ? null : id.ToString();
        }
        catch (KafkaException)
        {
            return null;
        }
    }
}
