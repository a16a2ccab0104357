using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.RateLimits;

/// <summary>Rate limits of this process. The rules themselves are in the store, for all processes.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>False: this process limits nothing, whatever the rules say. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a request waits for the store's decision, 50 ms to 10 s; after that it passes. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
}
