namespace Integr8sCode.RateLimits;

/// <summary>The rules of the installation.</summary>
/// <param name="Version">Goes up by one with each change; 0 is what nobody has changed.</param>
/// <param name="Enabled">False: nothing is limited.</param>
public sealed record RateLimitRules(long Version, bool Enabled, IReadOnlyList<RateLimitRule> Rules)
{
    public static RateLimitRules Default { get; } = new(Version: 0, Enabled: true,
    [
        new("execution", RateLimitGroups.Execution, Requests: 10, WindowSeconds: 60, Burst: 1.5, Priority: 10),
        new("result", RateLimitGroups.Result, Requests: 600, WindowSeconds: 60, Burst: 1.5, Priority: 5),
        new("admin", RateLimitGroups.Admin, Requests: 100, WindowSeconds: 60, Burst: 2, Priority: 5),
        new("stream", RateLimitGroups.Stream, Requests: 30, WindowSeconds: 60, Burst: 1, Priority: 3),
        new("api", RateLimitGroups.Api, Requests: 60, WindowSeconds: 60, Burst: 1.5, Priority: 1),
    ]);

    /// <summary>The one rule that counts for a route of the group: the user's own before the installation's.</summary>
    /// <returns><see langword="null"/> where nothing limits it.</returns>
    public RateLimitRule? FindFor(string group, UserRateLimits? user) => !Enabled || user is { Bypass: true }
        ? null
        : FindHighest(user?.Rules ?? [], group) ?? FindHighest(Rules, group)?.Times(user?.Multiplier ?? 1);

    private static RateLimitRule? FindHighest(IReadOnlyList<RateLimitRule> rules, string group) => rules
        .Where(rule => rule.Enabled && rule.IsAbout(group))
        .OrderByDescending(rule => rule.Priority)
        .ThenByDescending(rule => rule.Group == group)
        .FirstOrDefault();
}
