using System.Diagnostics;

namespace Integr8sCode.Events;

/// <summary>The trace of an execution that nobody has a message of.</summary>
public static class StoredContexts
{
    /// <returns>The span that recorded the request; <see langword="default"/> where it had no trace.</returns>
    public static Task<ActivityContext> FindRequestContextAsync(
        this IEventStore events, Guid executionId, CancellationToken cancellationToken) =>
        FindAsync(events, executionId, RecordingOrder.OldestFirst, cancellationToken);

    /// <returns>The span that recorded the last event; <see langword="default"/> where it had no trace.</returns>
    public static Task<ActivityContext> FindLastContextAsync(
        this IEventStore events, Guid executionId, CancellationToken cancellationToken) =>
        FindAsync(events, executionId, RecordingOrder.NewestFirst, cancellationToken);

    private static async Task<ActivityContext> FindAsync(
        IEventStore events, Guid executionId, RecordingOrder order, CancellationToken cancellationToken)
    {
        var page = new EventPage(Limit: 1, Order: order);

        return await events.QueryAsync(new() { ExecutionId = executionId }, page, cancellationToken) is [var recorded] ? recorded.TraceContext : default;
    }
}
