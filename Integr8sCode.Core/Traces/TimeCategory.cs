using System.Text.Json.Serialization;

namespace Integr8sCode.Traces;

/// <summary>What a stretch of time went to.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TimeCategory>))]
public enum TimeCategory
{
    /// <summary>A service's own work, between the calls that have spans of their own.</summary>
    OwnCode,

    RateLimit,
    Database,

    /// <summary>From handing a message to the Kafka client to the broker's acknowledgement.</summary>
    Publish,

    /// <summary>Between the acknowledgement of a message and the start of its handling. With clocks of two machines as exact as they agree.</summary>
    QueueWait,

    /// <summary>Waiting for a free sandbox.</summary>
    SlotWait,

    SandboxStart,

    /// <summary>The compiler, in a sandbox of its own.</summary>
    Compile,

    Script,

    /// <summary>The pause before another attempt.</summary>
    RetryBackoff,

    Notification,

    /// <summary>Any other call out of the platform.</summary>
    Http,

    /// <summary>Nothing tells what happened: spans are missing, or nothing recorded any.</summary>
    Gap,
}
