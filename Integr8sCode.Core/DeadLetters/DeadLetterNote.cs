namespace Integr8sCode.DeadLetters;

/// <summary>Who changes a dead letter, when and why.</summary>
/// <param name="By">User id of an operator, else the consumer group or the service.</param>
/// <param name="TraceParent">The span that does it, where there is one.</param>
public sealed record DeadLetterNote(string By, DateTimeOffset At, string Why, string? TraceParent)
{
    /// <summary>Here and now, under the current span.</summary>
    public static DeadLetterNote Now(string by, string why, TimeProvider clock) => new(
        by, clock.GetUtcNow(), why, Telemetry.CurrentContext is var context && context == default ? null : Telemetry.TraceParentOf(context));
}
