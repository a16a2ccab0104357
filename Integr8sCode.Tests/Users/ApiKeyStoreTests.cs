using Integr8sCode.Storage;

namespace Integr8sCode.Users;

public abstract class ApiKeyStoreTests(TestStores stores) : StoreTests(stores)
{
    private IApiKeyStore Store => Stores.Get<IApiKeyStore>();

    [Fact]
    public async Task A_key_is_found_by_its_prefix_as_it_was_saved()
    {
        var key = ApiKey.Of(ApiKey.Generate(), "alice", Noon.AddTicks(1)) with { Name = "laptop", ExpiresAt = Noon.AddDays(1) };
        await Store.SaveAsync(key, Cancellation);

        Assert.Equal([key], await Store.FindAsync(key.Prefix, Cancellation));
        Assert.Empty(await Store.FindAsync("i8s_other1", Cancellation));
    }

    [Fact]
    public async Task Two_keys_may_begin_alike()
    {
        await SaveAsync("alice", "i8s_chosen-by-hand-one");
        await SaveAsync("bob", "i8s_chosen-by-hand-two");

        Assert.Equal(["alice", "bob"], (await Store.FindAsync("i8s_chosen", Cancellation)).Select(key => key.UserId));
    }

    [Fact]
    public async Task Saving_the_same_id_replaces_the_key()
    {
        var key = await SaveAsync("alice");
        var replaced = key with { UserId = "bob", Name = "new" };

        await Store.SaveAsync(replaced, Cancellation);

        Assert.Equal([replaced], await Store.FindAsync(key.Prefix, Cancellation));
        Assert.Empty(await Store.ListAsync("alice", Cancellation));
    }

    [Fact]
    public async Task A_user_s_keys_are_listed_oldest_first()
    {
        ApiKey[] saved = [await SaveAsync("alice"), await SaveAsync("alice"), await SaveAsync("bob"), await SaveAsync("alice")];

        Assert.Equal(saved.Where(key => key.UserId == "alice"), await Store.ListAsync("alice", Cancellation));
    }

    [Fact]
    public async Task A_key_never_expires_later_than_it_would_have()
    {
        var key = await SaveAsync("alice");

        Assert.True(await Store.ExpireAsync("alice", key.Id, Noon.AddDays(2), Cancellation));
        Assert.True(await Store.ExpireAsync("alice", key.Id, Noon.AddDays(1), Cancellation));
        Assert.True(await Store.ExpireAsync("alice", key.Id, Noon.AddDays(3), Cancellation));

        Assert.Equal(Noon.AddDays(1), Assert.Single(await Store.ListAsync("alice", Cancellation)).ExpiresAt);
    }

    [Fact]
    public async Task Somebody_else_s_key_is_neither_expired_nor_deleted()
    {
        var key = await SaveAsync("alice");

        Assert.False(await Store.ExpireAsync("bob", key.Id, Noon, Cancellation));
        Assert.False(await Store.DeleteAsync("bob", key.Id, Cancellation));
        Assert.Equal([key], await Store.ListAsync("alice", Cancellation));
    }

    [Fact]
    public async Task The_latest_use_is_kept_and_a_deleted_key_stays_deleted()
    {
        var key = await SaveAsync("alice");
        var deleted = await SaveAsync("alice");
        Assert.True(await Store.DeleteAsync("alice", deleted.Id, Cancellation));

        await Store.NoteUseAsync(new Dictionary<Guid, DateTimeOffset> { [key.Id] = Noon.AddHours(2), [deleted.Id] = Noon }, Cancellation);
        await Store.NoteUseAsync(new Dictionary<Guid, DateTimeOffset> { [key.Id] = Noon.AddHours(1) }, Cancellation);

        Assert.Equal([key with { LastUsedAt = Noon.AddHours(2) }], await Store.ListAsync("alice", Cancellation));
    }

    [Fact]
    public async Task All_keys_of_one_user_go_together()
    {
        await SaveAsync("alice");
        await SaveAsync("alice");
        var other = await SaveAsync("bob");

        await Store.DeleteAllAsync("alice", Cancellation);

        Assert.Empty(await Store.ListAsync("alice", Cancellation));
        Assert.Equal([other], await Store.ListAsync("bob", Cancellation));
    }

    private async Task<ApiKey> SaveAsync(string userId, string? key = null)
    {
        var kept = ApiKey.Of(key ?? ApiKey.Generate(), userId, Noon);
        await Store.SaveAsync(kept, Cancellation);
        return kept;
    }
}
