namespace Integr8sCode.Users;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_the_key_itself_matches()
    {
        var key = ApiKey.Generate();
        var kept = ApiKey.Of(key, "alice", Noon);

        Assert.True(kept.Matches(key));
        Assert.False(kept.Matches(key + "x"));
        Assert.False(kept.Matches(key[..^1]));
        Assert.False(kept.Matches(kept.Prefix));
        Assert.False(kept.Matches(""));
    }

    [Fact]
    public void The_same_key_is_kept_differently_each_time_and_never_readable()
    {
        var key = ApiKey.Generate();
        var (one, two) = (ApiKey.Of(key, "alice", Noon), ApiKey.Of(key, "alice", Noon));

        Assert.NotEqual(one.Hash, two.Hash);
        Assert.DoesNotContain(key, one.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_expires_at_its_time_and_not_before()
    {
        var kept = ApiKey.Of(ApiKey.Generate(), "alice", Noon) with { ExpiresAt = Noon.AddSeconds(1) };

        Assert.False(kept.IsExpiredAt(Noon));
        Assert.True(kept.IsExpiredAt(Noon.AddSeconds(1)));
        Assert.False((kept with { ExpiresAt = null }).IsExpiredAt(DateTimeOffset.MaxValue));
    }
}
