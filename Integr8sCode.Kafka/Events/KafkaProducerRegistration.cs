using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#if USE_ASPIRE
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
#else
using Microsoft.Extensions.Options;
#endif

namespace Integr8sCode.Events;

/// <summary>
/// The process's one producer: Aspire's where the feed has Aspire, else our own from the same connection string. Aspire's tracing only
/// links a consumer to its producer and its health check writes to a topic of its own, so both are off: spans, metrics and health are ours.
/// </summary>
internal static class KafkaProducerRegistration
{
#if USE_ASPIRE
    public static void AddProducer(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(KafkaOptions.Section).Get<KafkaOptions>() ?? new();
        builder.AddKafkaProducer<byte[], byte[]>(
            KafkaRegistration.ConnectionName,
            settings =>
            {
                settings.DisableTracing = true;
                settings.DisableMetrics = true;
                settings.DisableHealthChecks = true;
                KafkaConfigs.Configure(settings.Config, options);
            },
            StopOnFatalError);

        // Aspire has the log handler, at librdkafka's own levels: some twenty lines a second while the broker is away.
        builder.Logging.AddFilter("Aspire.Confluent.Kafka", LogLevel.Critical);
    }
#else
    public static void AddProducer(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<KafkaOptions>>().Value;
            var log = services.GetRequiredService<BrokerLog>();
            var config = new ProducerConfig { BootstrapServers = options.BootstrapServers };
            KafkaConfigs.Configure(config, options);
            var producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, line) => log.Write(line));
            StopOnFatalError(services, producer);
            return producer.Build();
        });
#endif

    private static void StopOnFatalError(IServiceProvider services, ProducerBuilder<byte[], byte[]> producer)
    {
        var log = services.GetRequiredService<BrokerLog>();
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        producer.SetErrorHandler((_, error) =>
        {
            log.Write(error);
            if (error.IsFatal)
            {
                Environment.ExitCode = 1;
                lifetime.StopApplication(); // an idempotent producer cannot go on; the next process starts with a new one
            }
        });
    }
}
