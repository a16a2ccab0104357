namespace Integr8sCode.RateLimits;

/// <summary>What is different for one user.</summary>
/// <param name="Rules">Rules of their own, asked before those of the installation.</param>
/// <param name="Multiplier">How many times the requests of the installation's rules they have.</param>
/// <param name="Bypass">True: nothing limits them.</param>
/// <param name="Notes">Why, for other admins.</param>
public sealed record UserRateLimits(
    string UserId, IReadOnlyList<RateLimitRule> Rules, double Multiplier = 1, bool Bypass = false, string? Notes = null,
    DateTimeOffset? UpdatedAt = null)
{
    /// <summary>A user like any other.</summary>
    public static UserRateLimits None(string userId) => new(userId, []);
}
