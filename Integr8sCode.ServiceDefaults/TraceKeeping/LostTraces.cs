using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>
/// The traces of which spans made room lately, so that a keep that comes too late can be counted. Later ones take the place of earlier ones,
/// and one in a hundred thousand is mistaken for another.
/// </summary>
internal sealed class LostTraces(int size)
{
    private readonly int[] _hashes = new int[size];

    public void Add(ActivityTraceId trace)
    {
        var hash = trace.GetHashCode();
        _hashes[hash & (size - 1)] = hash;
    }

    public bool Contain(ActivityTraceId trace)
    {
        var hash = trace.GetHashCode();
        return _hashes[hash & (size - 1)] == hash;
    }
}
