namespace Integr8sCode.RateLimits;

/// <summary>
/// The rules, and what was used of them. Rules are kept like everything else; counters need not survive the loss of power, so a lost
/// counter begins anew.
/// </summary>
public interface IRateLimitStore
{
    /// <returns><see langword="null"/> while nobody has changed the defaults.</returns>
    Task<RateLimitRules?> FindRulesAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the rules whose version is the one before; the first to be kept have version 1.</summary>
    /// <returns>False, and nothing changed, where somebody else was faster.</returns>
    Task<bool> SaveRulesAsync(RateLimitRules rules, CancellationToken cancellationToken);

    Task<UserRateLimits?> FindUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Keeps the user's limits in place of earlier ones.</summary>
    Task SaveUserAsync(UserRateLimits limits, CancellationToken cancellationToken);

    Task DeleteUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one request of the subject, unless none is left, in one atomic step: of any number of processes that ask at once, exactly as
    /// many pass as the rule allows.
    /// </summary>
    Task<RateLimitDecision> TakeAsync(string subject, RateLimitRule rule, DateTimeOffset now, CancellationToken cancellationToken);

    /// <returns>What the subject has used, by <see cref="RateLimitRule.CounterName"/>.</returns>
    Task<IReadOnlyDictionary<string, RateLimitCounter>> ListCountersAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Forgets what the subject has used.</summary>
    Task ResetAsync(string subject, CancellationToken cancellationToken);
}
