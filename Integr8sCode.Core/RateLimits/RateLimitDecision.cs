namespace Integr8sCode.RateLimits;

/// <summary>Whether a request may pass.</summary>
/// <param name="Limit">The most requests that can be left.</param>
/// <param name="Remaining">Requests that are left after this one.</param>
/// <param name="Reset">Until one more request is left than now; after a rejection, until the next one passes. Zero when all are left.</param>
public sealed record RateLimitDecision(bool Allowed, int Limit, int Remaining, TimeSpan Reset)
{
    /// <summary>In whole seconds, rounded up, so that whoever waits that long has waited long enough.</summary>
    public int ResetSeconds => (int)Math.Min(Math.Ceiling(Reset.TotalSeconds), int.MaxValue);
}
