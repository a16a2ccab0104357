using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Events;

/// <summary>A consumer group's member in this process: one thread that polls, and lanes that handle.</summary>
internal sealed class EventConsumer(
    Subscription subscription, MessageHandling handling, IOptions<KafkaOptions> options, KafkaMetrics metrics, BrokerLog log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var session = NewSession();
                Poll(session, stoppingToken);
                session.Close();
            }
            catch (KafkaException fatal)
            {
                log.Restarting(fatal, subscription.Group);
                stoppingToken.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private ConsumerSession NewSession()
    {
        var lanes = new Lanes(options.Value.Lanes, handling.HandleAsync);
        metrics.WatchInFlight(subscription.Group, () => lanes.InFlight);
        return new(subscription, options.Value, new(subscription, metrics), lanes, log);
    }

    private void Poll(ConsumerSession session, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (session.Step() is { } record)
                {
                    metrics.Consumed(record.Topic, subscription.Group);
                }
            }
            catch (ConsumeException trouble) when (!trouble.Error.IsFatal)
            {
                log.Write(trouble.Error); // a topic that is not there yet, a broker that went away
                stoppingToken.WaitHandle.WaitOne(Pause);
            }
        }
    }
}
