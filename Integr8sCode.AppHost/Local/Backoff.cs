namespace Integr8sCode.Local;

/// <summary>How long to wait before the next restart: 1 s, doubled each time up to 30 s, and 1 s again after a run of 30 s.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TimeSpan _next = First;

    public TimeSpan Next(TimeSpan uptime)
    {
        var delay = uptime >= Longest ? First : _next;
        _next = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, Longest.Ticks));
        return delay;
    }
}
