using Integr8sCode.Events;
using Integr8sCode.Sqlite;

namespace Integr8sCode.Executions;

/// <summary>What readers of one execution share.</summary>
public sealed class ExecutionWatchTests : IAsyncDisposable
{
    private readonly SqliteTestStores _stores = new();
    private readonly ExecutionWatch _watch = new();
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly List<Task> _reads = [];

    [Fact]
    public void Readers_who_stand_at_the_same_place_read_once()
    {
        var first = Read(sequence: 1);

        Assert.Same(first, Read(sequence: 1));
        Assert.NotSame(first, Read(sequence: 2));
    }

    [Fact]
    public void What_was_read_before_something_new_is_read_again_after_it()
    {
        var before = Read(sequence: 1);

        _watch.Show(new(Sequence: 2, Written: 0));

        Assert.NotSame(before, Read(sequence: 1));
    }

    [Fact]
    public void Readers_who_stand_at_many_places_fill_no_memory()
    {
        var first = Read(sequence: 1);
        for (var sequence = 2; sequence < 100; sequence++)
        {
            _ = Read(sequence);
        }

        Assert.NotSame(first, Read(sequence: 1)); // forgotten meanwhile
    }

    [Fact]
    public async Task A_store_that_was_away_is_asked_again()
    {
        var away = new ExecutionNews(null!, null!); // as good as a store that fails
        await Assert.ThrowsAnyAsync<Exception>(() => _watch.ReadAsync(_id, default, away));

        var step = await _watch.ReadAsync(_id, default, News());

        Assert.Empty(step.Items);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_reads);
        await _stores.DisposeAsync();
    }

    private Task<StreamStep> Read(int sequence)
    {
        var step = _watch.ReadAsync(_id, new(sequence, 0, 0, 0, StreamPhase.Running), News());
        _reads.Add(step);

        return step;
    }

    private ExecutionNews News() => new(_stores.Get<IEventStore>(), _stores.Get<IOutputStore>());
}
