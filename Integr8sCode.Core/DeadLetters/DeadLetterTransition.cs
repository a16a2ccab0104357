namespace Integr8sCode.DeadLetters;

/// <summary>One change of a dead letter.</summary>
/// <param name="From">Absent for the first.</param>
/// <param name="By">User id of an operator, else the consumer group or the service.</param>
/// <param name="TraceParent">Span that made the change, where there was one.</param>
public sealed record DeadLetterTransition(
    DeadLetterStatus? From, DeadLetterStatus To, DateTimeOffset At, string By, string Why, string? TraceParent);
