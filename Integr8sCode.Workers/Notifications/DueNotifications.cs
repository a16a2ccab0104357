using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Integr8sCode.Notifications;

/// <summary>What this process is about to deliver. Nothing depends on it: the store knows what is due, and who claims it first has it.</summary>
internal sealed class DueNotifications
{
    private const int Capacity = 1000;

    private readonly Channel<DueNotification> _due = Channel.CreateBounded<DueNotification>(Capacity);
    private readonly ConcurrentDictionary<Guid, bool> _queued = new();

    /// <summary>A message has announced it under the current span. Where there is no room, the store brings it up later.</summary>
    public void Announce(Guid id, ActivityContext context)
    {
        if (_queued.TryAdd(id, true) && !_due.Writer.TryWrite(new(id, context)))
        {
            _queued.TryRemove(id, out _);
        }
    }

    /// <summary>The store says it is due; waits for room.</summary>
    public async Task AddAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_queued.TryAdd(id, true))
        {
            await _due.Writer.WriteAsync(new(id), cancellationToken);
        }
    }

    public async Task<DueNotification> TakeAsync(CancellationToken cancellationToken)
    {
        var due = await _due.Reader.ReadAsync(cancellationToken);
        _queued.TryRemove(due.Id, out _);
        return due;
    }
}

/// <param name="Announced">Span of the message that announced it; absent where the store brought it up.</param>
internal readonly record struct DueNotification(Guid Id, ActivityContext? Announced = null);
