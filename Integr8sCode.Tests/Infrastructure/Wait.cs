using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Integr8sCode.Infrastructure;

/// <summary>Looks until something is so. Passing is immediate; only a failure takes the whole limit.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <returns>The first value that satisfies the condition.</returns>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> look, Func<T, bool> condition, TimeSpan limit, [CallerArgumentExpression(nameof(condition))] string? expected = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {expected}. Last seen: {seen}");
            }

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}
