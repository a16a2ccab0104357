using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Events;

/// <summary>What the process measures about its messages; names are OpenTelemetry's where it has one.</summary>
internal sealed class KafkaMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _processing;
    private readonly ConcurrentDictionary<(string Group, TopicPartition Partition), long> _lag = new();
    private readonly ConcurrentDictionary<string, Func<int>> _inFlight = new();

    public KafkaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages the producer tried to send.");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages delivered to the application.");
        _processing = meter.CreateHistogram<double>("messaging.process.duration", "s", "Duration of handling a message.");
        _deadLetters = meter.CreateCounter<long>("integr8scode.dead_letters", "{message}", "Messages no handler could take.");
        meter.CreateObservableGauge("kafka.consumer_group.lag", ObserveLag, "{message}", "Messages of a partition that are not finished.");
        meter.CreateObservableGauge("integr8scode.consumer.in_flight", ObserveInFlight, "{message}", "Messages taken and not finished.");
    }

    public void Sent(string topic, Error error) => _sent.Add(1, Tags(topic, "send", null, error.IsError ? error.Code.ToString() : null));

    public void Consumed(string topic, string group) => _consumed.Add(1, Tags(topic, "poll", group, null));

    public void Processed(string topic, string group, TimeSpan duration, Exception? failure) =>
        _processing.Record(duration.TotalSeconds, Tags(topic, "process", group, failure?.GetType().FullName));

    public void DeadLettered(string topic, string group, DeadLetterStage stage)
    {
        var tags = Tags(topic, "process", group, null);
        tags.Add("integr8scode.dead_letter.stage", stage.ToString().ToLowerInvariant());
        _deadLetters.Add(1, tags);
    }

    public void WatchInFlight(string group, Func<int> count) => _inFlight[group] = count;

    public void Lag(string group, TopicPartition partition, long messages) => _lag[(group, partition)] = messages;

    public void Forget(string group, TopicPartition partition) => _lag.TryRemove((group, partition), out _);

    private static TagList Tags(string topic, string operation, string? group, string? error)
    {
        var tags = new TagList
        {
            { SpanAttributes.MessagingSystem, "kafka" },
            { SpanAttributes.MessagingDestination, topic },
            { SpanAttributes.MessagingOperationName, operation },
        };
        if (group is not null)
        {
            tags.Add(SpanAttributes.MessagingConsumerGroup, group);
        }

        if (error is not null)
        {
            tags.Add(SpanAttributes.ErrorType, error);
        }

        return tags;
    }

    private IEnumerable<Measurement<long>> ObserveLag() => _lag.Select(entry => new Measurement<long>(
        entry.Value,
        new(SpanAttributes.MessagingConsumerGroup, entry.Key.Group),
        new(SpanAttributes.MessagingDestination, entry.Key.Partition.Topic),
        new(SpanAttributes.MessagingPartition, entry.Key.Partition.Partition.Value.ToString(CultureInfo.InvariantCulture))));

    private IEnumerable<Measurement<int>> ObserveInFlight() => _inFlight.Select(entry =>
        new Measurement<int>(entry.Value(), new KeyValuePair<string, object?>(SpanAttributes.MessagingConsumerGroup, entry.Key)));
}
