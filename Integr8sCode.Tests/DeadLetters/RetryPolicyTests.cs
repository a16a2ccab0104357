using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = Letters.Noon;

    private static readonly RetryPolicy Policy = new()
    {
        Topic = "topic",
        Strategy = RetryStrategy.ExponentialBackoff,
        MaxRetries = 5,
        BaseDelay = TimeSpan.FromSeconds(30),
        MaxDelay = TimeSpan.FromSeconds(300),
        Multiplier = 2,
    };

    [Theory]
    [InlineData(RetryStrategy.Immediate, 3, 0)]
    [InlineData(RetryStrategy.FixedInterval, 0, 30)]
    [InlineData(RetryStrategy.FixedInterval, 3, 30)]
    [InlineData(RetryStrategy.ExponentialBackoff, 0, 15)]
    [InlineData(RetryStrategy.ExponentialBackoff, 1, 30)]
    [InlineData(RetryStrategy.ExponentialBackoff, 2, 60)]
    [InlineData(RetryStrategy.ExponentialBackoff, 4, 150)] // half of the maximum
    public void A_retry_is_due_after_the_delay_of_its_strategy(RetryStrategy strategy, int retries, double seconds)
    {
        var decision = (Policy with { Strategy = strategy }).Decide(Failed(retries), Now, jitter: 0.5);

        Assert.Equal((DeadLetterStatus.Scheduled, Now.AddSeconds(seconds)), (decision.Status, decision.Due));
    }

    [Fact]
    public void Full_jitter_spreads_retries_over_the_whole_delay()
    {
        Assert.Equal(Now, Policy.Decide(Failed(1), Now, jitter: 0).Due);
        Assert.Equal(Now.AddSeconds(60), Policy.Decide(Failed(1), Now, jitter: 1).Due);
    }

    [Fact]
    public void Scheduled_letters_of_a_topic_are_due_together()
    {
        var policy = Policy with { Strategy = RetryStrategy.Scheduled, BaseDelay = TimeSpan.FromHours(1) };

        Assert.Equal(Now.AddHours(1), policy.Decide(Failed(0), Now, jitter: 0.5).Due);
        Assert.Equal(Now.AddHours(1), policy.Decide(Failed(2), Now.AddMinutes(59), jitter: 0.1).Due);
    }

    [Fact]
    public void After_the_last_retry_a_letter_is_dead()
    {
        Assert.Equal(DeadLetterStatus.Scheduled, Policy.Decide(Failed(4), Now, 0.5).Status);
        Assert.Equal(DeadLetterStatus.Dead, Policy.Decide(Failed(5), Now, 0.5).Status);
        Assert.Equal(DeadLetterStatus.Dead, (Policy with { MaxRetries = 0 }).Decide(Failed(0), Now, 0.5).Status);
    }

    [Fact]
    public void A_letter_that_would_be_too_old_is_dead()
    {
        var late = Now + Policy.MaxAge - TimeSpan.FromSeconds(10);

        Assert.Equal(DeadLetterStatus.Scheduled, Policy.Decide(Failed(0), late, jitter: 0.3).Status);
        Assert.Equal(DeadLetterStatus.Dead, Policy.Decide(Failed(0), late, jitter: 0.5).Status);
    }

    [Theory]
    [InlineData(DeadLetterStage.Decode)]
    [InlineData(DeadLetterStage.Validate)]
    public void What_cannot_be_read_is_dead_at_once(DeadLetterStage stage) => Assert.Equal(
        DeadLetterStatus.Dead,
        Policy.Decide(Failed(0) with { Failure = Letters.Failure(stage: stage) }, Now, 0.5).Status);

    [Fact]
    public void A_manual_policy_leaves_a_letter_to_the_operator_however_often_it_failed()
    {
        var decision = (Policy with { Strategy = RetryStrategy.Manual }).Decide(Failed(50), Now, 0.5);

        Assert.Equal((DeadLetterStatus.Pending, null), (decision.Status, decision.Due));
    }

    [Fact]
    public void Every_topic_has_a_default_with_a_maximum_age_of_a_week() =>
        Assert.All(Topics.All, topic => Assert.Equal(TimeSpan.FromDays(7), RetryPolicy.DefaultOf(topic).MaxAge));

    private static DeadLetterState Failed(int retries) => Letters.Failed().State with { RetryCount = retries };
}
