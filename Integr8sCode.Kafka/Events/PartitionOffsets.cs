namespace Integr8sCode.Events;

/// <summary>
/// How far one assigned partition is finished without a gap. Messages end in any order, because keys run in parallel; only what lies
/// before the oldest unfinished one may be committed.
/// </summary>
#pragma warning disable CA1001 // the token source has no timer and nobody waits on its handle: there is nothing to dispose
internal sealed class PartitionOffsets
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _unfinished = new();
    private readonly HashSet<long> _finished = [];
    private readonly CancellationTokenSource _abandoned = new();
    private long _next = -1;
    private int _running;
    private bool _revoked;

    /// <summary>Set when the time of what still runs is over.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>What was last handed to librdkafka; the poll thread's own note.</summary>
    public long Stored { get; set; } = -1;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _running == 0;
            }
        }
    }

    /// <summary>The offset to commit: that of the next message to handle; -1 while there was none.</summary>
    public long Watermark
    {
        get
        {
            lock (_gate)
            {
                while (_unfinished.TryPeek(out var oldest) && _finished.Remove(oldest))
                {
                    _unfinished.Dequeue();
                }

                return _unfinished.TryPeek(out var unfinished) ? unfinished : _next;
            }
        }
    }

    public void Add(long offset)
    {
        lock (_gate)
        {
            _unfinished.Enqueue(offset);
            _next = offset + 1;
        }
    }

    /// <returns>False when the partition is no longer ours: leave the message to its new owner.</returns>
    public bool TryStart()
    {
        lock (_gate)
        {
            _running += _revoked ? 0 : 1;
            return !_revoked;
        }
    }

    public void Finish(long offset, bool done)
    {
        lock (_gate)
        {
            _running--;
            if (done)
            {
                _finished.Add(offset);
            }
        }
    }

    /// <summary>Nothing that waits is started any more.</summary>
    public void Revoke()
    {
        lock (_gate)
        {
            _revoked = true;
        }
    }

    /// <summary>Revokes, and cancels what runs.</summary>
    public void Abandon()
    {
        Revoke();
        _abandoned.Cancel();
    }
}
