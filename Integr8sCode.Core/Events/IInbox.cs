namespace Integr8sCode.Events;

/// <summary>
/// Which events a consumer group has handled. A row is written after the handler's effect, so a crash between the two repeats the
/// handler (which the state machine makes harmless) and never skips it.
/// </summary>
public interface IInbox
{
    Task<bool> ContainsAsync(string group, Guid eventId, CancellationToken cancellationToken);

    /// <summary>Notes the event as handled; noting it twice is a no-op.</summary>
    Task AddAsync(string group, Guid eventId, DateTimeOffset handledAt, CancellationToken cancellationToken);

    /// <summary>Forgets rows older than <paramref name="before"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
