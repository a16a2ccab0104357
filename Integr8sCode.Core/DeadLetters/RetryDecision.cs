namespace Integr8sCode.DeadLetters;

/// <summary>What a policy makes of a failure.</summary>
/// <param name="Status">Scheduled, dead, or pending: until an operator decides.</param>
/// <param name="Due">When to try again, where it is scheduled.</param>
public sealed record RetryDecision(DeadLetterStatus Status, DateTimeOffset? Due, string Why);
