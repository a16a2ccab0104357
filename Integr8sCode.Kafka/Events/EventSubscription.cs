namespace Integr8sCode.Events;

/// <summary>A group that handles events, and how.</summary>
internal sealed class EventSubscription(string group, IReadOnlyList<string> topics, IEventHandler handler) : Subscription(group, topics)
{
    public IEventHandler Handler { get; } = handler;
}
