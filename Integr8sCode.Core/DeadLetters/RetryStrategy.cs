using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>When a dead letter is tried again.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RetryStrategy>))]
public enum RetryStrategy
{
    /// <summary>At once.</summary>
    Immediate,

    /// <summary>After the base delay, each time.</summary>
    FixedInterval,

    /// <summary>After a random time up to the base delay, which grows with each retry (full jitter).</summary>
    ExponentialBackoff,

    /// <summary>All letters of the topic together, whenever the clock (UTC) comes to a multiple of the base delay.</summary>
    Scheduled,

    /// <summary>When an operator says so.</summary>
    Manual,
}
