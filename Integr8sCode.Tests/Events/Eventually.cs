namespace Integr8sCode.Events;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Returns once the condition holds; fails the test when it never does.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Limit);
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Never happened: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
