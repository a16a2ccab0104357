using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// Ended spans that wait for a verdict: at most so many, and at most about so many bytes. The oldest make room. Takes no lock and allocates
/// nothing.
/// </summary>
internal sealed class WaitingSpans(int most, long mostBytes, LostTraces lost)
{
    private readonly Activity?[] _slots = new Activity?[most];
    private readonly int[] _sizes = new int[most]; // their sum is _bytes, whoever changes which of them at the same time
    private readonly int _mask = most - 1;
    private long _last = -1;
    private long _oldest;
    private long _taken;
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Spans that made room for later ones; their traces can no longer be whole.</summary>
    public long Overwritten => Math.Max(0, Volatile.Read(ref _last) + 1 - Volatile.Read(ref _taken) - _slots.Count(slot => slot is not null));

    /// <summary>When the oldest of them ended; null where there is none.</summary>
    public DateTime? OldestEnd => _slots.Min(slot => slot?.StartTimeUtc + slot?.Duration);

    /// <summary>Lets a span wait, behind a full fence: whoever looks for its trace from now on finds it.</summary>
    /// <returns>True once in a round.</returns>
    public bool Add(Activity span)
    {
        var place = Interlocked.Increment(ref _last);
        Put(place, span, SpanSize.Of(span));
        while (Bytes > mostBytes && TryDropOldest())
        {
        }
        return (place & _mask) == 0;
    }

    /// <summary>Takes the spans of a trace out; each goes to one taker only.</summary>
    public void Take(ActivityTraceId trace, Action<Activity> taker)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not { } span || span.TraceId != trace) continue;
            if (Interlocked.CompareExchange(ref _slots[i], null, span) != span) continue;
            Resize(i, 0);
            Interlocked.Increment(ref _taken);
            taker(span);
        }
    }

    private void Put(long place, Activity? span, int size)
    {
        var i = (int)(place & _mask);
        var replaced = Interlocked.Exchange(ref _slots[i], span);
        Resize(i, size);
        if (replaced is not null) lost.Add(replaced.TraceId);
    }

    private void Resize(int i, int size) => Interlocked.Add(ref _bytes, size - Interlocked.Exchange(ref _sizes[i], size));

    private bool TryDropOldest()
    {
        var (oldest, last) = (Volatile.Read(ref _oldest), Volatile.Read(ref _last));
        var place = Math.Max(oldest, last - _mask);
        if (place > last) return false;
        if (Interlocked.CompareExchange(ref _oldest, place + 1, oldest) == oldest) Put(place, null, 0);
        return true;
    }
}
