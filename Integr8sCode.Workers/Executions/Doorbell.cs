using System.Diagnostics;
using System.Threading.Channels;

namespace Integr8sCode.Executions;

/// <summary>
/// Wakes the dispatcher, and remembers under which span each execution was announced, so that its run continues the message's trace.
/// What it forgets - after a restart, or past its bound - the store still knows.
/// </summary>
internal sealed class Doorbell
{
    private const int MaxRemembered = 20_000;

    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, ActivityContext> _contexts = [];
    private readonly Queue<Guid> _order = new();

    public void Ring(Guid executionId, ActivityContext context)
    {
        lock (_lock)
        {
            if (_contexts.TryAdd(executionId, context))
            {
                _order.Enqueue(executionId);
            }

            if (_order.Count > MaxRemembered)
            {
                _contexts.Remove(_order.Dequeue());
            }
        }

        _rings.Writer.TryWrite(true);
    }

    /// <summary>The span that announced the execution, once.</summary>
    public ActivityContext? Answer(Guid executionId)
    {
        lock (_lock)
        {
            return _contexts.Remove(executionId, out var context) ? context : null;
        }
    }

    /// <summary>Waits for the next ring, but no longer than <paramref name="patience"/>.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await _rings.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody rang; the store may know of work all the same.
        }
    }
}
