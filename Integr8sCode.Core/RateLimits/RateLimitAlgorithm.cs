using System.Text.Json.Serialization;

namespace Integr8sCode.RateLimits;

/// <summary>How a rule counts.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RateLimitAlgorithm>))]
public enum RateLimitAlgorithm
{
    /// <summary>So many requests in any window, counted one by one.</summary>
    SlidingWindow,

    /// <summary>So many requests a window on average, and more at once after a pause. Keeps two numbers, whatever the limit.</summary>
    TokenBucket,
}
