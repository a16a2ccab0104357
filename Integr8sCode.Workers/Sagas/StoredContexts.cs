using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Sagas;

/// <summary>The trace of an execution that nobody has a message of.</summary>
internal static class StoredContexts
{
    /// <returns>The span that recorded the request; <see langword="default"/> where it had no trace.</returns>
    public static async Task<ActivityContext> FindRequestContextAsync(
        this IEventStore events, Guid executionId, CancellationToken cancellationToken) =>
        await events.ListAsync(executionId, cancellationToken) is [var requested, ..] ? requested.TraceContext : default;

    /// <returns>The span that recorded the last event; <see langword="default"/> where it had no trace.</returns>
    public static async Task<ActivityContext> FindLastContextAsync(
        this IEventStore events, Guid executionId, CancellationToken cancellationToken) =>
        await events.ListAsync(executionId, cancellationToken) is [.., var last] ? last.TraceContext : default;
}
