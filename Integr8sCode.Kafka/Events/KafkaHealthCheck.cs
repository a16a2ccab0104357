using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Events;

/// <summary>
/// Unhealthy while a consumer cannot finish messages. A broker that is away, or a consumer without partitions, only degrades: what is
/// accepted waits in the event store.
/// </summary>
internal sealed class KafkaHealthCheck(IProducer<byte[], byte[]> producer, IEnumerable<Subscription> subscriptions) : IHealthCheck
{
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (subscriptions.FirstOrDefault(subscription => subscription.Trouble is not null) is { } stuck)
        {
            return HealthCheckResult.Unhealthy($"{stuck.Group}: {stuck.Trouble}");
        }

        var unassigned = subscriptions.Where(subscription => subscription.Partitions == 0).Select(subscription => subscription.Group);
        try
        {
            var brokers = await Task.Run(CountBrokers, cancellationToken);
            return unassigned.Any()
                ? HealthCheckResult.Degraded($"No partitions are assigned to {string.Join(", ", unassigned)}.")
                : HealthCheckResult.Healthy($"{brokers} Kafka brokers answer.");
        }
        catch (KafkaException failure)
        {
            return HealthCheckResult.Degraded($"No Kafka broker answers: {failure.Error.Reason}");
        }
    }

    private int CountBrokers()
    {
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        return admin.GetMetadata(Topics.ExecutionEvents, MetadataLimit).Brokers.Count;
    }
}
