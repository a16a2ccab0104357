using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Notifications;

public abstract class NotificationStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private INotificationStore Store => Stores.Get<INotificationStore>();

    [Fact]
    public async Task What_is_added_is_found_as_it_was()
    {
        var (news, read) = (Samples.Of(Noon), Samples.Of(Noon, NotificationChannel.InApp));

        Assert.Equal([news.Id, read.Id], (await Store.AddAsync([news, read], Cancellation)).Select(added => added.Id));
        Assert.Equivalent(news, await Store.FindAsync(news.Id, Cancellation), strict: true);
        Assert.Equivalent(read, await Store.FindAsync(read.Id, Cancellation), strict: true);
        Assert.Null(await Store.FindAsync(Guid.CreateVersion7(), Cancellation));
    }

    [Fact]
    public async Task What_is_known_is_left_as_it_is()
    {
        var (known, unknown) = (Samples.Of(Noon), Samples.Of(Noon.AddSeconds(1)));
        await Store.AddAsync([known], Cancellation);
        var claimed = known.Claim(Lease, Noon.AddSeconds(5))!;
        await Store.SaveAsync(claimed, Cancellation);

        Assert.Equal([unknown.Id], (await Store.AddAsync([known, unknown], Cancellation)).Select(added => added.Id));
        Assert.Equivalent(claimed, await Store.FindAsync(known.Id, Cancellation), strict: true);
    }

    [Fact]
    public async Task Of_twenty_concurrent_claims_one_is_kept()
    {
        var due = await AddAsync(Samples.Of(Noon));

        var kept = await Task.WhenAll(Enumerable.Range(5, 20).Select(i =>
            Task.Run(() => Store.SaveAsync(due.Claim(Lease, Noon.AddSeconds(i))!, Cancellation))));

        Assert.Single(kept, won => won);
        var stored = await Store.FindAsync(due.Id, Cancellation);
        Assert.Equal(Noon.AddSeconds(5 + Array.IndexOf(kept, true)), Assert.Single(stored!.Attempts).StartedAt);
    }

    [Fact]
    public async Task What_was_deleted_is_not_saved_again()
    {
        var due = await AddAsync(Samples.Of(Noon));

        Assert.False(await Store.DeleteAsync("bob", due.Id, Cancellation));
        Assert.True(await Store.DeleteAsync("alice", due.Id, Cancellation));
        Assert.False(await Store.DeleteAsync("alice", due.Id, Cancellation));
        Assert.False(await Store.SaveAsync(due.Claim(Lease, Noon.AddSeconds(5))!, Cancellation));
        Assert.Null(await Store.FindAsync(due.Id, Cancellation));
    }

    [Fact]
    public async Task All_of_a_user_are_deleted_and_of_nobody_else()
    {
        var (due, read) = (await AddAsync(Samples.Of(Noon)), await AddAsync(Samples.Of(Noon, NotificationChannel.InApp)));
        var other = await AddAsync(Samples.Of(Noon, user: "bob"));

        await Store.DeleteAllAsync("alice", Cancellation);

        Assert.Null(await Store.FindAsync(due.Id, Cancellation));
        Assert.Null(await Store.FindAsync(read.Id, Cancellation));
        Assert.NotNull(await Store.FindAsync(other.Id, Cancellation));
    }

    [Fact]
    public async Task What_is_due_comes_the_longest_due_first()
    {
        var second = await AddAsync(Samples.Of(Noon.AddSeconds(2)));
        var first = await AddAsync(Samples.Of(Noon.AddSeconds(1)));
        await AddAsync(Samples.Of(Noon.AddSeconds(3)));
        await AddAsync(Samples.Of(Noon, NotificationChannel.InApp));
        var sent = await AddAsync(Samples.Of(Noon));
        await SaveAsync(sent.Claim(Lease, Noon.AddSeconds(5)), sending => sending.Finish(new(200), TimeSpan.Zero, Noon.AddSeconds(6)));

        var due = Noon.AddSeconds(2) + Notification.AnnouncementGrace;

        Assert.Equal([first.Id, second.Id], await DueAsync(due, 10));
        Assert.Equal([first.Id], await DueAsync(due, 1));
        Assert.Empty(await DueAsync(Noon, 10));
    }

    [Fact]
    public async Task A_claim_that_nobody_ends_is_due_when_its_lease_is_over()
    {
        var lost = await AddAsync(Samples.Of(Noon));
        await SaveAsync(lost.Claim(Lease, Noon.AddSeconds(5)));

        Assert.Empty(await DueAsync(Noon.AddSeconds(64), 10));
        Assert.Equal([lost.Id], await DueAsync(Noon.AddSeconds(65), 10));
    }

    [Fact]
    public async Task A_list_has_what_its_filter_says_newest_first()
    {
        var failure = new ExecutionResult { Outcome = RunOutcome.Timeout };
        var timeout = await AddAsync(Samples.Of(failure, Noon));
        var success = await AddAsync(Samples.Of(Noon.AddSeconds(1), NotificationChannel.InApp));
        var bash = await AddAsync(Samples.Of(Noon.AddSeconds(2), language: "bash"));
        await AddAsync(Samples.Of(Noon, user: "bob"));

        Assert.Equal([bash.Id, success.Id, timeout.Id], await ListAsync(new("alice")));
        Assert.Equal([bash.Id, success.Id], await ListAsync(new("alice", Limit: 2)));
        Assert.Equal([timeout.Id], await ListAsync(new("alice", Before: NotificationCursor.Of(success))));
        Assert.Equal([success.Id], await ListAsync(new("alice", Status: NotificationStatus.Delivered)));
        Assert.Equal([success.Id], await ListAsync(new("alice", Channel: NotificationChannel.InApp)));
        Assert.Equal([timeout.Id], await ListAsync(new("alice", Severity: NotificationSeverity.High)));
        Assert.Equal([bash.Id, timeout.Id], await ListAsync(new("alice", IncludeTags: ["timeout", "language:bash", "x"])));
        Assert.Equal([success.Id], await ListAsync(new("alice", ExcludeTags: ["timeout", "language:bash"])));
        Assert.Equal([bash.Id], await ListAsync(new("alice", TagPrefix: "language:b")));
        Assert.Equal([timeout.Id], await ListAsync(new("alice", TagPrefix: $"exec:{timeout.ExecutionId}")));
        Assert.Empty(await ListAsync(new("alice", IncludeTags: ["time"])));
        Assert.Empty(await ListAsync(new("alice", TagPrefix: "bash")));
        Assert.Empty(await ListAsync(new("alice", TagPrefix: "lang.age")));
    }

    [Fact]
    public async Task What_was_kept_since_comes_oldest_first_for_the_users_asked_for()
    {
        var seen = await AddAsync(Samples.Of(Noon));
        var hers = await AddAsync(Samples.Of(Noon.AddSeconds(2)));
        var his = await AddAsync(Samples.Of(Noon.AddSeconds(1), user: "bob"));
        await AddAsync(Samples.Of(Noon.AddSeconds(1), user: "carol"));
        var cursor = NotificationCursor.Of(seen);

        Assert.Equal([his.Id, hers.Id], await SinceAsync(cursor, ["alice", "bob"], 10));
        Assert.Equal([his.Id], await SinceAsync(cursor, ["alice", "bob"], 1));
        Assert.Equal([hers.Id], await SinceAsync(cursor, ["alice"], 10));
        Assert.Empty(await SinceAsync(NotificationCursor.Of(hers), ["alice", "bob"], 10));
        Assert.Empty(await SinceAsync(cursor, [], 10));
    }

    [Fact]
    public async Task Reading_all_reads_what_was_delivered_in_the_application_only()
    {
        var first = await AddAsync(Samples.Of(Noon, NotificationChannel.InApp));
        await AddAsync(Samples.Of(Noon.AddSeconds(1), NotificationChannel.InApp));
        await AddAsync(Samples.Of(Noon, NotificationChannel.InApp, "bob"));
        var webhook = await AddAsync(Samples.Of(Noon));
        await SaveAsync(first.Read(Noon.AddHours(1)));

        Assert.Equal(1, await Store.CountUnreadAsync("alice", Cancellation));
        Assert.Equal(1, await Store.ReadAllAsync("alice", Noon.AddHours(2), Cancellation));

        Assert.Equal(0, await Store.CountUnreadAsync("alice", Cancellation));
        Assert.Equal(0, await Store.ReadAllAsync("alice", Noon.AddHours(3), Cancellation));
        Assert.Equal(1, await Store.CountUnreadAsync("bob", Cancellation));
        Assert.Equal(NotificationStatus.Pending, (await Store.FindAsync(webhook.Id, Cancellation))!.Status);
        Assert.Equal(
            [Noon.AddHours(2), Noon.AddHours(1)],
            (await Store.ListAsync(new("alice", NotificationStatus.Read), Cancellation)).Select(read => read.ReadAt));
    }

    [Fact]
    public async Task A_save_that_was_prepared_before_all_were_read_is_refused()
    {
        var news = await AddAsync(Samples.Of(Noon, NotificationChannel.InApp));
        await Store.ReadAllAsync("alice", Noon.AddHours(1), Cancellation);

        Assert.False(await Store.SaveAsync(news.Read(Noon.AddHours(2))!, Cancellation));
        Assert.Equal(Noon.AddHours(1), (await Store.FindAsync(news.Id, Cancellation))!.ReadAt);
    }

    [Fact]
    public async Task Pruning_forgets_what_is_old_and_what_is_too_much_for_one_user()
    {
        await AddAsync(Samples.Of(Noon.AddDays(-31)));
        var kept = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            kept.Insert(0, (await AddAsync(Samples.Of(Noon.AddSeconds(i)))).Id);
        }

        var his = await AddAsync(Samples.Of(Noon, user: "bob"));

        Assert.Equal(3, await Store.PruneAsync(Noon.AddDays(-30), 3, Cancellation));
        Assert.Equal(kept.Take(3), await ListAsync(new("alice")));
        Assert.Equal([his.Id], await ListAsync(new("bob")));
        Assert.Equal(0, await Store.PruneAsync(Noon.AddDays(-30), 3, Cancellation));
    }

    private async Task<Notification> AddAsync(Notification notification) =>
        Assert.Single(await Store.AddAsync([notification], Cancellation));

    private async Task SaveAsync(Notification? first, params Func<Notification, Notification?>[] moves)
    {
        Assert.True(await Store.SaveAsync(first!, Cancellation));
        foreach (var move in moves)
        {
            first = move(first!);
            Assert.True(await Store.SaveAsync(first!, Cancellation));
        }
    }

    private async Task<IEnumerable<Guid>> DueAsync(DateTimeOffset now, int limit) =>
        (await Store.FindDueAsync(now, limit, Cancellation)).Select(due => due.Id);

    private async Task<IEnumerable<Guid>> ListAsync(NotificationFilter filter) =>
        (await Store.ListAsync(filter, Cancellation)).Select(listed => listed.Id);

    private async Task<IEnumerable<Guid>> SinceAsync(NotificationCursor after, string[] users, int limit) =>
        (await Store.ListSinceAsync(after, users, limit, Cancellation)).Select(kept => kept.Id);
}
