namespace Integr8sCode.Notifications;

/// <summary>Exponential back-off with full jitter, so that receivers which failed together are not called together again.</summary>
public static class RetrySchedule
{
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="longestFirst">Longest wait after the first; each further one may be twice as long.</param>
    /// <param name="jitter">From 0 to 1: the part of the longest wait that is waited.</param>
    public static TimeSpan After(int attempt, TimeSpan longestFirst, double jitter) => longestFirst * Math.Pow(2, attempt - 1) * jitter;
}
