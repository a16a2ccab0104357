using Integr8sCode.Infrastructure;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

public sealed class SagaProgressTests() : StoreTests(new SqliteTestStores())
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(4, 5)]
    [InlineData(6, 6)] // reached on a slow machine after its patience had ended
    public async Task An_execution_that_waits_is_looked_at_when_its_patience_ends_or_at_once(int reachedAfter, int dueAfter)
    {
        var requested = _clock.GetUtcNow();
        var execution = Stories.Accepted(requested).Execution;
        var progress = new SagaProgress(Stores.Get<ISagaStore>(), Options.Create(new SagaOptions { QueueTimeout = Patience }), _clock);
        _clock.Advance(TimeSpan.FromSeconds(reachedAfter));

        await progress.ReachAsync(execution, SagaStep.AwaitOutcome, Cancellation);

        var due = await Stores.Get<ISagaStore>().FindOverdueAsync(requested.AddSeconds(dueAfter).AddTicks(1), 1, Cancellation);
        Assert.Equal([execution.Id], due.Select(saga => saga.Id));
    }
}
