using System.Collections.Concurrent;

namespace Integr8sCode.Local;

/// <summary>The last lines that a service printed, over all its restarts.</summary>
internal sealed class ServiceLog(string service, OutputLine output)
{
    private const int Capacity = 20_000;
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > Capacity) _lines.TryDequeue(out _);
        output(service, line);
    }
}
