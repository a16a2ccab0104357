namespace Integr8sCode.Storage;

/// <summary>Base of the conformance suite: what a store contract promises, asked of any implementation of it.</summary>
public abstract class StoreTests(TestStores stores) : IAsyncDisposable
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected TestStores Stores => stores;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask DisposeAsync()
    {
        await stores.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
