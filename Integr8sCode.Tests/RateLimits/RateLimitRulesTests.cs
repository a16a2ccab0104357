namespace Integr8sCode.RateLimits;

public sealed class RateLimitRulesTests
{
    private static readonly RateLimitRule Execution = new("execution", RateLimitGroups.Execution, 10, 60, Priority: 10);
    private static readonly RateLimitRule Api = new("api", RateLimitGroups.Api, 60, 60, Priority: 1);
    private static readonly RateLimitRules Rules = new(Version: 1, Enabled: true, [Api, Execution]);

    [Fact]
    public void The_highest_rule_about_a_group_counts_and_that_of_api_is_about_all()
    {
        Assert.Equal(Execution, Rules.FindFor(RateLimitGroups.Execution, user: null));
        Assert.Equal(Api, Rules.FindFor(RateLimitGroups.Admin, user: null));
        var above = Api with { Priority = 11 };
        Assert.Equal(above, (Rules with { Rules = [Execution, above] }).FindFor(RateLimitGroups.Execution, user: null));
    }

    [Fact]
    public void Of_two_rules_of_one_priority_the_closer_one_counts() =>
        Assert.Equal(Execution, (Rules with { Rules = [Api with { Priority = 10 }, Execution] }).FindFor(RateLimitGroups.Execution, user: null));

    [Fact]
    public void A_disabled_rule_gives_way_and_disabled_rules_limit_nobody()
    {
        Assert.Equal(Api, (Rules with { Rules = [Api, Execution with { Enabled = false }] }).FindFor(RateLimitGroups.Execution, user: null));
        Assert.Null((Rules with { Enabled = false }).FindFor(RateLimitGroups.Execution, user: null));
        Assert.Null((Rules with { Rules = [] }).FindFor(RateLimitGroups.Execution, user: null));
    }

    [Fact]
    public void A_user_s_own_rule_comes_first_and_is_not_multiplied()
    {
        var own = Execution with { Name = "own", Requests = 2, Priority = 0 };
        var alice = new UserRateLimits("alice", [own], Multiplier: 4);

        Assert.Equal(own, Rules.FindFor(RateLimitGroups.Execution, alice));
        Assert.Equal(Api with { Requests = 240 }, Rules.FindFor(RateLimitGroups.Stream, alice));
    }

    [Theory]
    [InlineData(4, 40)]
    [InlineData(0.25, 2)]
    [InlineData(0.01, 1)]
    public void A_multiplier_changes_the_requests_but_never_to_none(double multiplier, int requests) =>
        Assert.Equal(requests, Rules.FindFor(RateLimitGroups.Execution, new("alice", [], multiplier))!.Requests);

    [Fact]
    public void Whoever_bypasses_has_no_rule() =>
        Assert.Null(Rules.FindFor(RateLimitGroups.Execution, new("alice", [Execution], Bypass: true)));

    [Fact]
    public void The_defaults_limit_executions_most() =>
        Assert.Equal((10, 100, 30, 60), (Requests(RateLimitGroups.Execution), Requests(RateLimitGroups.Admin), Requests(RateLimitGroups.Stream), Requests(RateLimitGroups.Api)));

    private static int Requests(string group) => RateLimitRules.Default.FindFor(group, user: null)!.Requests;
}
