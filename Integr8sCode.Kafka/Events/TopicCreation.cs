using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Events;

/// <summary>Creates the topics that the cluster does not have, with our number of partitions, as soon as it answers.</summary>
internal sealed partial class TopicCreation(
    IProducer<byte[], byte[]> producer, IOptions<KafkaOptions> options, TimeProvider clock, ILogger<TopicCreation> logger) : BackgroundService
{
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        while (!await TryCreateAsync(admin))
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TryCreateAsync(IAdminClient admin)
    {
        try
        {
            var missing = Topics.All.Except(admin.GetMetadata(MetadataLimit).Topics.Select(topic => topic.Topic)).ToList();
            if (missing.Count > 0)
            {
                await admin.CreateTopicsAsync(missing.Select(Specify));
                LogCreated(string.Join(", ", missing));
            }

            return true;
        }
        catch (CreateTopicsException refused) when (refused.Results.All(result => result.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            return true; // another process was faster
        }
        catch (KafkaException failure) when (failure.Error.Code is ErrorCode.Local_UnsupportedFeature)
        {
            return true; // the development broker, which has its topics already
        }
        catch (KafkaException failure)
        {
            TellOnce(failure is CreateTopicsException refused ? refused.Message : failure.Error.Reason);
            return false;
        }
    }

    // It is tried every second for as long as it takes.
    private void TellOnce(string reason)
    {
        if (reason != _told)
        {
            LogRefused(reason);
            _told = reason;
        }
    }

    private TopicSpecification Specify(string topic)
    {
        var specification = new TopicSpecification { Name = topic, NumPartitions = options.Value.Partitions, ReplicationFactor = options.Value.ReplicationFactor };
        if (topic == Topics.TraceKeep)
        {
            specification.NumPartitions = 1;
            specification.Configs = new() { ["retention.ms"] = "600000" }; // only what was said lately is ever read
        }

        return specification;
    }

    [LoggerMessage(LogLevel.Information, "Created the Kafka topics {Topics}")]
    private partial void LogCreated(string topics);

    [LoggerMessage(LogLevel.Warning, "Kafka topics are missing and could not be created; it is tried again: {Reason}")]
    private partial void LogRefused(string reason);
}
