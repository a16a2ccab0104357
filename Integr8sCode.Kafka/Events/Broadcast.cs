using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Events;

/// <summary>
/// What one process says, every process hears, itself included: for news that is worth nothing when it is old. Said at most once, kept
/// in no store, handled by no group, without headers and without spans. Its topic is read from its end, and of its partitions only the
/// first is used, so all hear the same order.
/// </summary>
internal sealed class Broadcast<TEnd>(
    BroadcastEnd<TEnd> wiring, TEnd end, IProducer<byte[], byte[]> producer, IOptions<KafkaOptions> options, BrokerLog log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TopicPartition _place = new(wiring.Topic, 0);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        wiring.Connect(end, Say);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Listen(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Say(byte[] message)
    {
        try
        {
            producer.Produce(_place, new() { Value = message }, report =>
            {
                if (report.Error.IsError)
                {
                    log.Write(report.Error);
                }
            });
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            log.Write(refused.Error);
        }
    }

    private void Listen(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var consumer = NewConsumer();
                consumer.Assign(new TopicPartitionOffset(_place, Offset.End));
                Hear(consumer, stoppingToken);
            }
            catch (KafkaException fatal)
            {
                log.Restarting(fatal, wiring.Topic);
                stoppingToken.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private void Hear(IConsumer<byte[], byte[]> consumer, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (consumer.Consume(Poll) is { Message.Value: { } message })
                {
                    wiring.Hear(end, message);
                }
            }
            catch (ConsumeException trouble) when (!trouble.Error.IsFatal)
            {
                log.Write(trouble.Error); // a topic that is not there yet, a broker that went away
                stoppingToken.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private IConsumer<byte[], byte[]> NewConsumer() =>
        new ConsumerBuilder<byte[], byte[]>(KafkaConfigs.Listener(options.Value, wiring.Topic))
            .SetLogHandler((_, line) => log.Write(line))
            .SetErrorHandler((_, error) => log.Write(error))
            .Build();
}
