namespace Integr8sCode.Events;

/// <summary>
/// Every event of every execution, and the outbox: an event is stored unpublished, in the same atomic step as the change it tells of
/// (<see cref="Executions.IExecutionStore"/>), and marked once the broker has acknowledged it.
/// </summary>
public interface IEventStore
{
    /// <returns>The execution's events in sequence order, with their trace contexts; empty for an unknown id.</returns>
    Task<IReadOnlyList<Event>> ListAsync(Guid executionId, CancellationToken cancellationToken);

    /// <returns>Those of the execution's events that come after the given sequence, in order.</returns>
    Task<IReadOnlyList<Event>> ListAsync(Guid executionId, long after, CancellationToken cancellationToken);

    /// <returns>The event, with its trace context; <see langword="null"/> if there is none with that id.</returns>
    Task<Event?> FindAsync(Guid eventId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the events of all executions in the order of recording: by when they were recorded - by the clock of the process that did
    /// it, but never before the event they follow - so within an execution always in sequence order. Pages neither repeat nor leave out
    /// an event; one that is being recorded right now may still come to stand before the end.
    /// </summary>
    /// <returns>At most the page's limit; <see langword="null"/> if the cursor is no known event.</returns>
    Task<IReadOnlyList<Event>?> QueryAsync(EventFilter filter, EventPage page, CancellationToken cancellationToken);

    /// <returns>How many events match, by hour of recording, service and type, in this order; no rows of zero.</returns>
    Task<IReadOnlyList<EventCount>> CountAsync(EventFilter filter, CancellationToken cancellationToken);

    /// <returns>
    /// Events recorded before <paramref name="before"/> that no acknowledgement was noted for, oldest first and within an execution in
    /// sequence order; at most <paramref name="limit"/>.
    /// </returns>
    Task<IReadOnlyList<Event>> FindUnpublishedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Notes that the broker has these events. Unknown ids and repetitions are harmless.</summary>
    Task MarkPublishedAsync(IReadOnlyCollection<Guid> eventIds, CancellationToken cancellationToken);

    /// <returns>How many events wait for their acknowledgement and when the oldest of them was recorded.</returns>
    Task<OutboxBacklog> MeasureBacklogAsync(CancellationToken cancellationToken);
}

/// <param name="Count">Unpublished events.</param>
/// <param name="Oldest">When the oldest was recorded; <see langword="null"/> when there is none.</param>
public sealed record OutboxBacklog(long Count, DateTimeOffset? Oldest);
