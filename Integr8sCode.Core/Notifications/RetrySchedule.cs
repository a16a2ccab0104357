namespace Integr8sCode.Notifications;

/// <summary>
/// Exponential back-off. Half of each wait is chance, so that receivers which failed together are not called together again; the other
/// half is certain, so that the attempts reach far enough to outlast an outage.
/// </summary>
public static class RetrySchedule
{
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="longestFirst">Longest wait after the first; each further one may be twice as long.</param>
    /// <param name="jitter">From 0 to 1: from half of the longest wait to all of it.</param>
    public static TimeSpan After(int attempt, TimeSpan longestFirst, double jitter) =>
        longestFirst * Math.Pow(2, attempt - 1) * (1 + jitter) / 2;
}
