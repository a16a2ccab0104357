using System.Diagnostics;

namespace Integr8sCode.Chaos;

/// <summary>Gives the platform time to recover, and no more than that.</summary>
internal static class Settling
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <returns>The results once every check passes, or as they are when the time is up.</returns>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var isLast = waited.Elapsed > Limit;
            var results = await RunOnceAsync(checks, stopAtBreach: !isLast, cancellationToken);
            if (isLast || results.All(result => result.Passed))
            {
                return results;
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> RunOnceAsync(
        IReadOnlyList<Check> checks, bool stopAtBreach, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            results.Add(new(check.Name, await check.FindBreachesAsync(cancellationToken)));
            if (stopAtBreach && !results[^1].Passed)
            {
                break;
            }
        }

        return results;
    }
}
