using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// Decides for a process which traces are kept for their failures, and takes part in what the other processes decide. It is registered
/// only where failures can be lost to sampling. How decisions travel is not its business: see <see cref="Decided"/> and <see cref="Hear"/>.
/// </summary>
public sealed class TraceKeeper
{
    private readonly KeepLimit _limit;
    private long _refused;

    internal TraceKeeper(KeepSettings settings, TimeProvider clock)
    {
        Settings = settings;
        Kept = new(clock);
        _limit = new(settings.PerSecond, clock);
    }

    /// <summary>A trace is kept because of what happened here: a message of at most 64 bytes for every process. Must not block.</summary>
    public event Action<byte[]>? Decided;

    internal event Action<ActivityTraceId, string>? Added;

    internal KeepSettings Settings { get; }

    internal KeptTraces Kept { get; }

    /// <summary>Failed traces that were not kept because there were too many.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

    /// <summary>Keeps what another process has decided to; its own messages and what is no such message change nothing.</summary>
    public void Hear(ReadOnlySpan<byte> message)
    {
        if (!KeepMessage.TryRead(message, out var trace, out var reason) || !Kept.TryAdd(trace, reason)) return;
        _limit.Count();
        Added?.Invoke(trace, reason);
    }

    /// <summary>Keeps a trace and tells the others, unless too many fail.</summary>
    internal void Keep(ActivityTraceId trace, string reason)
    {
        if (Kept.ReasonOf(trace) is not null) return;
        if (!_limit.Allows(trace))
        {
            Interlocked.Increment(ref _refused);
            return;
        }
        if (!Kept.TryAdd(trace, reason)) return;
        Added?.Invoke(trace, reason);
        Decided?.Invoke(KeepMessage.Write(trace, reason));
    }
}
