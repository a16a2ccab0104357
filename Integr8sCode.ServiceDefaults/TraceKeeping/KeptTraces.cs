using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// The traces that are kept for a reason, remembered for 5 to 10 minutes so that what comes late belongs to them too. There are two
/// generations; the older one is forgotten when the younger one is full or old enough.
/// </summary>
internal sealed class KeptTraces(TimeProvider clock)
{
    public const int MaxOfGeneration = 10_000;

    public static readonly TimeSpan Generation = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private ConcurrentDictionary<ActivityTraceId, string> _younger = new();
    private ConcurrentDictionary<ActivityTraceId, string> _older = new();
    private volatile bool _any;
    private long _born = clock.GetTimestamp();

    /// <returns>Why the trace is kept; null where it is not.</returns>
    public string? ReasonOf(ActivityTraceId trace) =>
        !_any ? null
        : _younger.TryGetValue(trace, out var reason) ? reason
        : _older.GetValueOrDefault(trace);

    /// <returns>False where the trace was kept already.</returns>
    public bool TryAdd(ActivityTraceId trace, string reason)
    {
        lock (_gate)
        {
            Forget();
            if (_older.ContainsKey(trace) || !_younger.TryAdd(trace, reason)) return false;
            _any = true;
            return true;
        }
    }

    /// <summary>Forgets what is old, also where nothing new is kept.</summary>
    public void Expire()
    {
        if (!_any) return;
        lock (_gate) Forget();
    }

    // Readers take no lock: the younger generation becomes the older one before its own place is emptied.
    private void Forget()
    {
        if (_younger.Count < MaxOfGeneration && clock.GetElapsedTime(_born) < Generation) return;
        Volatile.Write(ref _older, _younger);
        Volatile.Write(ref _younger, new());
        _any = !_older.IsEmpty;
        _born = clock.GetTimestamp();
    }
}
