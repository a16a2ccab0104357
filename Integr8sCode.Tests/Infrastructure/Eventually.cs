using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Integr8sCode.Infrastructure;

/// <summary>Looks until something is so. Passing is immediate; only a failure takes the whole limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? expected = null) =>
        SeesAsync(() => Task.FromResult(condition()), holds => holds, expected: expected);

    public static Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string? expected = null) =>
        SeesAsync(condition, holds => holds, expected: expected);

    /// <param name="limit">How long to look; three minutes where it is not given.</param>
    /// <returns>The first value that satisfies the condition.</returns>
    public static async Task<T> SeesAsync<T>(
        Func<Task<T>> look, Func<T, bool> condition, TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(condition))] string? expected = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            if (watch.Elapsed > (limit ?? DefaultLimit))
            {
                throw new TimeoutException($"Not within {watch.Elapsed.TotalSeconds:0} s: {expected}. Last seen: {Describe(seen)}");
            }

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }

    private static string? Describe<T>(T seen) =>
        seen is IEnumerable<object> items ? string.Concat(items.Select(item => $"\n  {item}")) : seen?.ToString();
}
