namespace Integr8sCode.Events;

#pragma warning disable CA1711 // it handles events; no delegate is meant
/// <summary>What a consumer group does with each event.</summary>
public interface IEventHandler
#pragma warning restore CA1711
{
    /// <summary>Whether the group does anything about events of this type; others pass it by without a span or an inbox row.</summary>
    bool Handles(string eventType);

    /// <summary>
    /// Whether the group also takes events that a replay session sends once more. A projection does, since its effect is the same
    /// however often it comes; what acts on the world, or makes scripts run, does not.
    /// </summary>
    bool HandlesReplays => false;

    /// <summary>
    /// Commits the event's effect and returns; long work belongs elsewhere. Runs inside the <c>kafka.consume</c> span, one event of an
    /// execution at a time and in order. An event may come again, so the effect has to be idempotent. A throw is tried twice more within
    /// 100 ms and then becomes a dead letter, a <see cref="System.Text.Json.JsonException"/> becomes one at once.
    /// </summary>
    /// <param name="cancellationToken">Set when the partition was taken away or the process stops; the event then comes again.</param>
    Task HandleAsync(Event message, CancellationToken cancellationToken);
}
