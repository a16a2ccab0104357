using Integr8sCode.Storage;

namespace Integr8sCode.Users;

public abstract class ApiKeyStoreTests(TestStores stores) : StoreTests(stores)
{
    private IApiKeyStore Store => Stores.Get<IApiKeyStore>();

    [Fact]
    public async Task A_key_is_found_by_its_hash()
    {
        var key = ApiKey.Of(ApiKey.Generate(), "alice", UserRole.Admin, Noon.AddTicks(1));
        await Store.SaveAsync(key, Cancellation);

        Assert.Equal(key, await Store.FindAsync(key.Hash, Cancellation));
        Assert.Null(await Store.FindAsync(ApiKey.HashOf("other"), Cancellation));
    }

    [Fact]
    public async Task Saving_the_same_hash_replaces_the_key()
    {
        var key = ApiKey.Of("key", "alice", UserRole.User, Noon);
        await Store.SaveAsync(key, Cancellation);
        var replaced = key with { UserId = "bob", Role = UserRole.Admin };

        await Store.SaveAsync(replaced, Cancellation);

        Assert.Equal(replaced, await Store.FindAsync(key.Hash, Cancellation));
    }
}
