using System.Text.Json.Serialization;

namespace Integr8sCode.RateLimits;

/// <summary>How many requests to a group of routes one subject has.</summary>
/// <param name="Name">What a rejection calls it by, and what its counters are kept under.</param>
/// <param name="Group">The routes it is about; <see cref="RateLimitGroups.Api"/> is every route.</param>
/// <param name="Burst">With <see cref="RateLimitAlgorithm.TokenBucket"/>: how many times the requests may come at once.</param>
/// <param name="Priority">Of several rules about a route, the highest counts; only that one.</param>
public sealed record RateLimitRule(
    string Name, string Group, int Requests, int WindowSeconds, double Burst = 1, int Priority = 0, bool Enabled = true,
    RateLimitAlgorithm Algorithm = RateLimitAlgorithm.SlidingWindow)
{
    [JsonIgnore]
    public TimeSpan Window => TimeSpan.FromSeconds(WindowSeconds);

    /// <summary>Requests that a full bucket holds.</summary>
    [JsonIgnore]
    public int Capacity => (int)Math.Clamp(Requests * Burst, 1, int.MaxValue);

    /// <summary>A counter that was not used for so long is as good as new.</summary>
    [JsonIgnore]
    public TimeSpan Memory => Window * Math.Max(1, Burst);

    /// <summary>Another window or algorithm begins to count anew; another number of requests does not.</summary>
    [JsonIgnore]
    public string CounterName => $"{Name}/{Algorithm}/{WindowSeconds}";

    /// <summary>The rule for a subject that may have so many times its requests; at least one.</summary>
    public RateLimitRule Times(double multiplier) => this with { Requests = (int)Math.Clamp(Requests * multiplier, 1, int.MaxValue) };

    public bool IsAbout(string group) => Group == group || Group == RateLimitGroups.Api;
}
