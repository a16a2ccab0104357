using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Events;

/// <summary>
/// What one process says, every process hears, itself included: for news that is worth nothing when it is old. Kept in no store, handled
/// by no group, without headers and without spans. A process hears what was said since it started, however late its consumer joins, and
/// after trouble perhaps some of it again. Of the topic's partitions only the first is used, so all hear the same order.
/// </summary>
internal sealed class Broadcast<TEnd>(
    BroadcastEnd<TEnd> wiring, TEnd end, IProducer<byte[], byte[]> producer, IOptions<KafkaOptions> options, BrokerLog log) : BackgroundService
{
    /// <summary>So many messages before the end are looked at; of those, the ones from before the process started are left out.</summary>
    private const int Tail = 1000;

    private const int TailBase = -2000; // librdkafka's RD_KAFKA_OFFSET_TAIL_BASE: what is below counts from the end

    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);
    private static readonly DateTime ProcessStart = Process.GetCurrentProcess().StartTime.ToUniversalTime();
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
                consumer.Assign(new TopicPartitionOffset(_place, new Offset(TailBase - Tail)));
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
                if (consumer.Consume(Poll) is { Message: { Value: { } said } message } && MessageTime.Of(message) > ProcessStart - ClockDifference)
                {
                    wiring.Hear(end, said);
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
