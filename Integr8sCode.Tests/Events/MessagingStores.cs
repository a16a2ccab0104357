using System.Collections.Concurrent;
using Integr8sCode.DeadLetters;
using Integr8sCode.Leases;

namespace Integr8sCode.Events;

/// <summary>The contracts that messaging needs, in memory; it can be told to fail like a store that is away.</summary>
internal sealed class MessagingStores : IEventStore, IInbox, ILeaseStore
{
    private readonly ConcurrentDictionary<Guid, Event> _events = new();
    private readonly ConcurrentDictionary<Guid, bool> _published = new();
    private readonly ConcurrentDictionary<(string Group, Guid EventId), DateTimeOffset> _inbox = new();

    public volatile bool InboxFails;
    public volatile bool LeaseTaken;
    private int _leaseRequests;

    public DeadLettersInMemory Letters { get; } = new();

    public IReadOnlyCollection<DeadLetter> DeadLetters => Letters.All;

    public int Handled => _inbox.Count;

    public int LeaseRequests => Volatile.Read(ref _leaseRequests);

    public void Add(Event @event) => _events[@event.EventId] = @event;

    public bool IsPublished(Event @event) => _published.ContainsKey(@event.EventId);

    public void ForgetInbox() => _inbox.Clear();

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, CancellationToken cancellationToken) =>
        ListAsync(executionId, after: 0, cancellationToken);

    public Task<IReadOnlyList<Event>> ListAsync(Guid executionId, long after, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Event>>(
            [.. _events.Values.Where(e => e.ExecutionId == executionId && e.Sequence > after).OrderBy(e => e.Sequence)]);

    public Task<Event?> FindAsync(Guid eventId, CancellationToken cancellationToken) => Task.FromResult(_events.GetValueOrDefault(eventId));

    public Task<IReadOnlyList<Event>> FindUnpublishedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Event>>([.. Unpublished.Where(e => e.Time < before).OrderBy(e => e.Time).ThenBy(e => e.Sequence).Take(limit)]);

    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> eventIds, CancellationToken cancellationToken)
    {
        foreach (var id in eventIds) _published[id] = true;
        return Task.CompletedTask;
    }

    public Task<OutboxBacklog> MeasureBacklogAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new OutboxBacklog(Unpublished.Count(), Unpublished.Min(e => (DateTimeOffset?)e.Time)));

    public Task<IReadOnlyList<Event>?> QueryAsync(EventFilter filter, EventPage page, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<EventCount>> CountAsync(EventFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> ContainsAsync(string group, Guid eventId, CancellationToken cancellationToken) =>
        InboxFails ? throw new IOException("inbox away") : Task.FromResult(_inbox.ContainsKey((group, eventId)));

    public Task AddAsync(string group, Guid eventId, DateTimeOffset handledAt, CancellationToken cancellationToken)
    {
        if (InboxFails) throw new IOException("inbox away");
        _inbox.TryAdd((group, eventId), handledAt);
        return Task.CompletedTask;
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<bool> TryAcquireAsync(
        string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _leaseRequests);
        return Task.FromResult(!LeaseTaken);
    }

    private IEnumerable<Event> Unpublished => _events.Values.Where(e => !_published.ContainsKey(e.EventId));
}
