using System.Collections.Concurrent;

namespace Integr8sCode.Events;

/// <summary>Notes each call, then does what the test says.</summary>
internal sealed class HandlerUnderTest(Func<Event, CancellationToken, Task>? then = null) : IEventHandler
{
    private readonly ConcurrentQueue<Event> _calls = new();
    private readonly ConcurrentQueue<Event> _handled = new();

    /// <summary>Every call, also those that failed.</summary>
    public IReadOnlyCollection<Event> Calls => _calls;

    /// <summary>The calls that returned, in the order of their return.</summary>
    public IReadOnlyCollection<Event> Handled => _handled;

    public bool Handles(string eventType) => true;

    public bool HandlesReplays { get; init; }

    public async Task HandleAsync(Event message, CancellationToken cancellationToken)
    {
        _calls.Enqueue(message);
        await (then?.Invoke(message, cancellationToken) ?? Task.CompletedTask);
        _handled.Enqueue(message);
    }
}
