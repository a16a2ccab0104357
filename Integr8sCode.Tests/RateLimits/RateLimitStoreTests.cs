using Integr8sCode.Storage;

namespace Integr8sCode.RateLimits;

public abstract class RateLimitStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly RateLimitRule Window = new("window", RateLimitGroups.Api, Requests: 5, WindowSeconds: 60);

    private static readonly RateLimitRule Bucket =
        new("bucket", RateLimitGroups.Api, Requests: 6, WindowSeconds: 60, Burst: 1.5, Algorithm: RateLimitAlgorithm.TokenBucket);

    public static TheoryData<string> Algorithms => [Window.Name, Bucket.Name];

    private IRateLimitStore Store => Stores.Get<IRateLimitStore>();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Decisions_are_those_of_the_algorithm(string name)
    {
        var rule = RuleOf(name);
        var random = new Random(7);
        var counter = RateLimitCounter.Unused;
        var now = Noon;
        for (var i = 0; i < 60; i++)
        {
            now = now.AddTicks(random.NextInt64(TimeSpan.TicksPerSecond * 15));
            (counter, var expected) = counter.Take(rule, now);

            var decision = await Store.TakeAsync("user:alice", rule, now, Cancellation);

            Assert.Equal(expected with { Reset = default }, decision with { Reset = default });
            Assert.Equal(expected.Reset.TotalSeconds, decision.Reset.TotalSeconds, 0.001);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Of_many_at_once_exactly_as_many_pass_as_the_rule_allows(string name)
    {
        var rule = RuleOf(name);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() =>
            Store.TakeAsync("user:alice", rule, Noon, Cancellation))));

        var expected = rule.Algorithm is RateLimitAlgorithm.TokenBucket ? rule.Capacity : rule.Requests;
        Assert.Equal(expected, decisions.Count(decision => decision.Allowed));
        Assert.Equal(Enumerable.Range(0, expected), decisions.Where(decision => decision.Allowed).Select(decision => decision.Remaining).Order());
    }

    [Fact]
    public async Task Subjects_and_rules_are_counted_apart()
    {
        var rule = Window with { Requests = 1 };
        Assert.True(await PassesAsync("user:alice", rule));

        Assert.False(await PassesAsync("user:alice", rule));
        Assert.True(await PassesAsync("user:bob", rule));
        Assert.True(await PassesAsync("user:alice", rule with { Name = "other" }));
        Assert.True(await PassesAsync("user:alice", rule with { WindowSeconds = 61 }));
    }

    [Fact]
    public async Task Another_number_of_requests_keeps_what_was_counted()
    {
        Assert.True(await PassesAsync("user:alice", Window with { Requests = 1 }));

        Assert.True(await PassesAsync("user:alice", Window with { Requests = 2 }));
        Assert.False(await PassesAsync("user:alice", Window with { Requests = 2 }));
    }

    [Fact]
    public async Task What_was_used_is_listed_and_forgotten_on_request()
    {
        await PassesAsync("user:alice", Window);
        await PassesAsync("user:alice", Bucket);
        await PassesAsync("user:bob", Window);

        var used = await Store.ListCountersAsync("user:alice", Cancellation);
        Assert.Equal(4, used[Window.CounterName].Look(Window, Noon).Remaining);
        Assert.Equal(8, used[Bucket.CounterName].Look(Bucket, Noon).Remaining);

        await Store.ResetAsync("user:alice", Cancellation);
        Assert.Empty(await Store.ListCountersAsync("user:alice", Cancellation));
        Assert.Single(await Store.ListCountersAsync("user:bob", Cancellation));
    }

    [Fact]
    public async Task Rules_are_replaced_by_whoever_read_the_last_version()
    {
        Assert.Null(await Store.FindRulesAsync(Cancellation));
        Assert.False(await Store.SaveRulesAsync(new(Version: 2, Enabled: true, []), Cancellation));

        Assert.True(await Store.SaveRulesAsync(new(Version: 1, Enabled: false, [Window, Bucket]), Cancellation));
        Assert.False(await Store.SaveRulesAsync(new(Version: 1, Enabled: true, []), Cancellation));
        var kept = await Store.FindRulesAsync(Cancellation);
        Assert.Equal((1L, false), (kept!.Version, kept.Enabled));
        Assert.Equal([Window, Bucket], kept.Rules);

        Assert.True(await Store.SaveRulesAsync(new(Version: 2, Enabled: true, []), Cancellation));
        Assert.Equal(2, (await Store.FindRulesAsync(Cancellation))!.Version);
    }

    [Fact]
    public async Task Of_twenty_who_replace_the_same_version_one_does()
    {
        await Store.SaveRulesAsync(RateLimitRules.Default with { Version = 1 }, Cancellation);

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            Store.SaveRulesAsync(RateLimitRules.Default with { Version = 2 }, Cancellation))));

        Assert.Single(saved, isSaved => isSaved);
    }

    [Fact]
    public async Task What_is_different_for_a_user_is_kept_until_it_is_deleted()
    {
        await Store.SaveUserAsync(UserRateLimits.None("alice"), Cancellation);
        await Store.SaveUserAsync(new("alice", [Window], Multiplier: 2.5, Bypass: true, Notes: "load test", Noon), Cancellation);

        var kept = await Store.FindUserAsync("alice", Cancellation);
        Assert.Equal([Window], kept!.Rules);
        Assert.Equal((2.5, true, "load test", Noon), (kept.Multiplier, kept.Bypass, kept.Notes, kept.UpdatedAt));

        await Store.DeleteUserAsync("alice", Cancellation);
        Assert.Null(await Store.FindUserAsync("alice", Cancellation));
    }

    private static RateLimitRule RuleOf(string name) => name == Window.Name ? Window : Bucket;

    private async Task<bool> PassesAsync(string subject, RateLimitRule rule) => (await Store.TakeAsync(subject, rule, Noon, Cancellation)).Allowed;
}
