using Confluent.Kafka;
using Integr8sCode.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Replays;

public static class ReplayPublishingRegistration
{
    /// <summary>Adds <see cref="ReplayPublisher"/> and <see cref="ReplayedMessages"/>; needs <see cref="KafkaRegistration.AddKafka"/>.</summary>
    public static IServiceCollection AddReplayPublishing(this IServiceCollection services) => services
        .AddSingleton(provider => new ReplayPublisher(provider.GetRequiredService<MessageSender>()))
        .AddSingleton(provider => new ReplayedMessages(
            provider.GetRequiredService<IOptions<KafkaOptions>>(), provider.GetRequiredService<IProducer<byte[], byte[]>>(),
            provider.GetRequiredService<BrokerLog>()));
}
