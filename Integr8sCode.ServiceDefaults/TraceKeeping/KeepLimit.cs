using System.Diagnostics;
using Integr8sCode.Sampling;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// How many traces may be kept when everything fails at once. Each process counts what all of them keep, and lets only the traces with
/// the highest hashes pass, so that processes that see the same failures choose the same traces instead of a part of each.
/// </summary>
internal sealed class KeepLimit(int perSecond, TimeProvider clock)
{
    private const double SecondsAtOnce = 5;

    private readonly Lock _gate = new();
    private double _left = perSecond * SecondsAtOnce;
    private double _share = 1;
    private int _asked;
    private long _last = clock.GetTimestamp();

    /// <summary>Whether a trace may be kept that nobody has asked for yet.</summary>
    public bool Allows(ActivityTraceId trace)
    {
        lock (_gate)
        {
            Refill();
            _asked++;
            if (_left < 1 || TraceHash.ShareBelow(trace) < 1 - _share) return false;
            _left--;
            return true;
        }
    }

    /// <summary>Counts a trace that another process has let pass.</summary>
    public void Count()
    {
        lock (_gate)
        {
            Refill();
            _asked++;
            _left = Math.Max(0, _left - 1);
        }
    }

    // The share of the next second is what is left through what was asked for in the last.
    private void Refill()
    {
        var seconds = clock.GetElapsedTime(_last).TotalSeconds;
        if (seconds < 1) return;
        _left = Math.Min(perSecond * SecondsAtOnce, _left + perSecond * seconds);
        _share = Math.Min(1, _left * seconds / Math.Max(1, _asked));
        _asked = 0;
        _last = clock.GetTimestamp();
    }
}
