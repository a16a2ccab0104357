using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>How the dead letters of a topic are retried.</summary>
public sealed record RetryPolicy
{
    public required string Topic { get; init; }

    /// <summary>Counts the saves, from 1; 0 for a default that was never saved. A save with a stale number is refused.</summary>
    public long Version { get; init; }

    public required RetryStrategy Strategy { get; init; }

    /// <summary>Retries until a letter is dead.</summary>
    public required int MaxRetries { get; init; }

    public required TimeSpan BaseDelay { get; init; }

    /// <summary>What exponential backoff grows to.</summary>
    public required TimeSpan MaxDelay { get; init; }

    /// <summary>What the delay of exponential backoff is multiplied by with each retry.</summary>
    public required double Multiplier { get; init; }

    /// <summary>From the first failure; a letter that is older, or would be at its next retry, is dead. 7 days by default.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    public DateTimeOffset? UpdatedAt { get; init; }
    public string? UpdatedBy { get; init; }

    /// <summary>What holds for a topic until an operator saves something else.</summary>
    public static RetryPolicy DefaultOf(string topic) => topic switch
    {
        Topics.ExecutionEvents or Topics.ExecutionTasks => Exponential(topic, maxRetries: 5, baseSeconds: 30, maxSeconds: 300, multiplier: 2),
        Topics.NotificationEvents => Exponential(topic, maxRetries: 10, baseSeconds: 10, maxSeconds: 10, multiplier: 1) with
        {
            Strategy = RetryStrategy.FixedInterval,
        },
        _ => Exponential(topic, maxRetries: 4, baseSeconds: 60, maxSeconds: 1800, multiplier: 2.5),
    };

    /// <summary>What to do about the letter's last failure.</summary>
    /// <param name="jitter">Random, from 0 up to 1.</param>
    public RetryDecision Decide(DeadLetterState letter, DateTimeOffset now, double jitter)
    {
        if (letter.Failure.IsPermanent)
        {
            return Dead("The message cannot be read, so no retry would pass.");
        }

        if (letter.RetryCount >= MaxRetries && Strategy is not RetryStrategy.Manual)
        {
            return Dead($"It was retried {letter.RetryCount} times; the policy allows {MaxRetries}.");
        }

        var due = DueAfter(letter.RetryCount, now, jitter);
        return due - letter.FirstFailedAt > MaxAge ? Dead($"Its next retry would be later than {MaxAge} after the first failure.")
            : Strategy is RetryStrategy.Manual ? new(DeadLetterStatus.Pending, Due: null, "The policy leaves it to an operator.")
            : new(DeadLetterStatus.Scheduled, due, $"Retry {letter.RetryCount + 1} of {MaxRetries}.");
    }

    private DateTimeOffset DueAfter(int retries, DateTimeOffset now, double jitter) => Strategy switch
    {
        RetryStrategy.FixedInterval => now + BaseDelay,
        RetryStrategy.ExponentialBackoff => now + (DelayAfter(retries) * jitter),
        RetryStrategy.Scheduled => new(now.UtcTicks - (now.UtcTicks % BaseDelay.Ticks) + BaseDelay.Ticks, TimeSpan.Zero),
        _ => now,
    };

    private TimeSpan DelayAfter(int retries) =>
        TimeSpan.FromTicks((long)Math.Min(MaxDelay.Ticks, BaseDelay.Ticks * Math.Pow(Multiplier, retries)));

    private static RetryDecision Dead(string why) => new(DeadLetterStatus.Dead, Due: null, why);

    private static RetryPolicy Exponential(string topic, int maxRetries, int baseSeconds, int maxSeconds, double multiplier) => new()
    {
        Topic = topic,
        Strategy = RetryStrategy.ExponentialBackoff,
        MaxRetries = maxRetries,
        BaseDelay = TimeSpan.FromSeconds(baseSeconds),
        MaxDelay = TimeSpan.FromSeconds(maxSeconds),
        Multiplier = multiplier,
    };
}
