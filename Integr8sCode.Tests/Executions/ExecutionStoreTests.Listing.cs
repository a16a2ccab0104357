using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests
{
    [Fact]
    public async Task Executions_are_listed_newest_first()
    {
        var first = await Store.QueuedAsync(Noon);
        var third = await Store.QueuedAsync(Noon.AddSeconds(2));
        var second = await Store.QueuedAsync(Noon.AddSeconds(1));

        Assert.Equal([third.Id, second.Id, first.Id], await ListAsync(new()));
        AssertSame(third, (await Store.ListAsync(new(), Cancellation))[0]);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        for (var i = 0; i < 7; i++)
        {
            await Store.QueuedAsync(Noon); // the same millisecond: only the ids order them
        }

        var all = (await ListAsync(new())).ToList();
        var first = (await ListAsync(new(Limit: 3))).ToList();
        var second = (await ListAsync(new(Before: first[^1], Limit: 3))).ToList();
        var third = (await ListAsync(new(Before: second[^1], Limit: 3))).ToList();

        Assert.Equal(all, [.. first, .. second, .. third]);
        Assert.Equal(all.OrderDescending(), all);
        Assert.Single(third);
    }

    [Fact]
    public async Task Each_filter_restricts_alone_and_together()
    {
        var alices = await Store.QueuedAsync(Noon);
        var bobs = await Store.ScheduledAsync(Noon.AddSeconds(1), "bob");
        var bash = await Store.AcceptAsync(Stories.Accepted(Noon.AddSeconds(2), "bob", language: "bash"), Cancellation);

        Assert.Equal([alices.Id], await ListAsync(new(UserId: "alice")));
        Assert.Equal([bobs.Id], await ListAsync(new(Status: ExecutionStatus.Scheduled)));
        Assert.Equal([bash.Id, alices.Id], await ListAsync(new(Status: ExecutionStatus.Queued)));
        Assert.Equal([bash.Id], await ListAsync(new(Language: "bash")));
        Assert.Equal([bash.Id, bobs.Id], await ListAsync(new(From: Noon.AddSeconds(1))));
        Assert.Equal([alices.Id], await ListAsync(new(To: Noon.AddSeconds(1))));
        Assert.Equal(
            [bobs.Id],
            await ListAsync(new("bob", ExecutionStatus.Scheduled, "python", Noon.AddSeconds(1), Noon.AddSeconds(2), bash.Id, 5)));
        Assert.Empty(await ListAsync(new("alice", Language: "bash")));
        Assert.Empty(await ListAsync(new("carol")));
    }

    private async Task<IEnumerable<Guid>> ListAsync(ExecutionFilter filter) =>
        (await Store.ListAsync(filter, Cancellation)).Select(execution => execution.Id);
}
