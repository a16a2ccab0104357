using Integr8sCode.Storage;

namespace Integr8sCode.Users;

public abstract class UserStoreTests(TestStores stores) : StoreTests(stores)
{
    private IUserStore Store => Stores.Get<IUserStore>();

    [Fact]
    public async Task A_user_is_found_as_they_were_added()
    {
        var alice = await AddAsync("alice", UserRole.Admin);

        Assert.Equal(alice, await Store.FindAsync("alice", Cancellation));
        Assert.Null(await Store.FindAsync("bob", Cancellation));
    }

    [Fact]
    public async Task Of_twenty_who_add_the_same_id_one_does()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Store.AddAsync(new("alice", UserRole.User, IsDisabled: false, Noon.AddSeconds(i)), Cancellation))));

        Assert.Single(added, isNew => isNew);
    }

    [Fact]
    public async Task Pages_follow_one_another_in_the_order_of_the_ids()
    {
        foreach (var id in (string[])["carol", "Zoe", "alice", "bob"])
        {
            await AddAsync(id);
        }

        var first = await Store.ListAsync(after: null, limit: 2, Cancellation);
        var second = await Store.ListAsync(first[^1].Id, limit: 10, Cancellation);

        Assert.Equal(["Zoe", "alice", "bob", "carol"], first.Concat(second).Select(user => user.Id));
    }

    [Fact]
    public async Task A_change_leaves_alone_what_it_does_not_name()
    {
        var alice = await AddAsync("alice");

        Assert.Equal(alice with { IsDisabled = true }, await Store.ChangeAsync("alice", new(IsDisabled: true), Cancellation));
        var both = alice with { IsDisabled = true, Role = UserRole.Admin };
        Assert.Equal(both, await Store.ChangeAsync("alice", new(UserRole.Admin), Cancellation));
        Assert.Equal(both, await Store.ChangeAsync("alice", new(), Cancellation));
        Assert.Equal(both, await Store.FindAsync("alice", Cancellation));
        Assert.Null(await Store.ChangeAsync("bob", new(UserRole.Admin), Cancellation));
    }

    [Fact]
    public async Task It_tells_whether_there_is_an_admin()
    {
        await AddAsync("alice");
        Assert.False(await Store.HasAdminAsync(Cancellation));

        await Store.ChangeAsync("alice", new(UserRole.Admin), Cancellation);
        Assert.True(await Store.HasAdminAsync(Cancellation));
    }

    [Fact]
    public async Task A_deleted_user_is_gone()
    {
        await AddAsync("alice");

        Assert.True(await Store.DeleteAsync("alice", Cancellation));
        Assert.False(await Store.DeleteAsync("alice", Cancellation));
        Assert.Null(await Store.FindAsync("alice", Cancellation));
    }

    private async Task<User> AddAsync(string id, UserRole role = UserRole.User)
    {
        var user = new User(id, role, IsDisabled: false, Noon.AddTicks(1));
        Assert.True(await Store.AddAsync(user, Cancellation));
        return user;
    }
}
