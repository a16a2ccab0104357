using Integr8sCode.Storage;

namespace Integr8sCode.DeadLetters;

public abstract class RetryPolicyStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly RetryPolicy First = RetryPolicy.DefaultOf("topic") with { Version = 1, UpdatedBy = "admin", UpdatedAt = Noon };

    private IRetryPolicyStore Store => Stores.Get<IRetryPolicyStore>();

    [Fact]
    public async Task A_policy_comes_back_as_it_was_saved()
    {
        Assert.True(await Store.SaveAsync(First, Cancellation));

        Assert.Equal(First, await Store.FindAsync("topic", Cancellation));
        Assert.Null(await Store.FindAsync("another", Cancellation));
        Assert.Equal([First], await Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_saves_of_one_version_the_second_is_refused()
    {
        Assert.True(await Store.SaveAsync(First, Cancellation));
        Assert.False(await Store.SaveAsync(First with { MaxRetries = 1 }, Cancellation));
        Assert.True(await Store.SaveAsync(First with { Version = 2, MaxRetries = 2 }, Cancellation));
        Assert.False(await Store.SaveAsync(First with { Version = 2, MaxRetries = 3 }, Cancellation));

        Assert.Equal(2, (await Store.FindAsync("topic", Cancellation))!.MaxRetries);
    }

    [Fact]
    public async Task Without_a_saved_policy_a_topic_has_its_default() =>
        Assert.Equal(RetryPolicy.DefaultOf("topic"), await Store.GetAsync("topic", Cancellation));
}
