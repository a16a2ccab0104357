using System.Diagnostics;

namespace Integr8sCode.Sandboxing;

internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the condition holds; fails the test after ten seconds.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < _patience, "The condition did not come true.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
