using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>librdkafka's own words at debug level, and one warning in half a minute while the broker is away.</summary>
internal sealed partial class BrokerLog(TimeProvider clock, ILogger<BrokerLog> logger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private long? _lastWarning;

    public void Write(LogMessage line) => LogLine(line.Facility, line.Message);

    public void Write(Error error)
    {
        if (error.IsFatal)
        {
            LogFatal(error.Code, error.Reason);
        }
        else if (MayWarn())
        {
            LogTrouble(error.Code, error.Reason);
        }
    }

    public void Restarting(KafkaException failure, string group) => LogRestarting(failure, group);

    public void RelayFails(Exception failure)
    {
        if (MayWarn())
        {
            LogRelayFails(failure);
        }
    }

    public void NotPublished(Error error)
    {
        if (MayWarn())
        {
            LogNotPublished(error.Code, error.Reason);
        }
    }

    public void NotAnnounced(Error error)
    {
        if (MayWarn())
        {
            LogNotAnnounced(error.Code, error.Reason);
        }
    }

    private bool MayWarn()
    {
        lock (_gate)
        {
            if (_lastWarning is { } last && clock.GetElapsedTime(last) < Silence)
            {
                return false;
            }

            _lastWarning = clock.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(LogLevel.Debug, "librdkafka {Facility}: {Line}")]
    private partial void LogLine(string facility, string line);

    [LoggerMessage(LogLevel.Warning, "Kafka: {Reason} ({Code}); more of this is not logged for 30 s")]
    private partial void LogTrouble(ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka did not take an event: {Reason} ({Code}); the outbox relay sends it again")]
    private partial void LogNotPublished(ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka did not take a dead letter: {Reason} ({Code}); the dlq-processor takes it from the store")]
    private partial void LogNotAnnounced(ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Warning, "The outbox relay cannot read the store and keeps trying")]
    private partial void LogRelayFails(Exception failure);

    [LoggerMessage(LogLevel.Error, "The consumer of {Group} failed and starts anew")]
    private partial void LogRestarting(KafkaException failure, string group);

    [LoggerMessage(LogLevel.Critical, "Kafka client failed for good: {Reason} ({Code})")]
    private partial void LogFatal(ErrorCode code, string reason);
}
