using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Integr8sCode.Sampling;

/// <summary>
/// What one thread has seen of the operations of a process: how many roots of each arrived, and where the paths lead that it was asked for
/// lately. Only that thread writes it, so a decision needs no lock, no atomic instruction, and no shared cache line.
/// </summary>
internal sealed class ThreadOperations(RouteTree routes)
{
    private const int Places = 256; // a power of two
    private const int ShortestPath = 4;
    private const int LongestPath = 160; // what is longer is not remembered, so that nobody can fill the memory with paths

    [ThreadStatic]
    private static ThreadOperations? _current;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly Usual[] _usual = new Usual[LongestPath + 1]; // by the length of the path, because nearly all of one length go to one route
    private readonly Found[] _found = new Found[Places];
    private readonly long[] _arrivals = new long[SampledOperations.Max + 1];
    private readonly long[] _collected = new long[SampledOperations.Max + 1];

    /// <summary>What this thread used last; perhaps another process's in a test, or with routes that have changed since.</summary>
    public static ThreadOperations? Current
    {
        get => _current;
        set => _current = value;
    }

    public RouteTree Routes => routes;

    public bool HasEnded => !_thread.IsAlive;

    public bool IsMine => _thread == Thread.CurrentThread;

    /// <summary>The operation of a request; null where no route fits.</summary>
    public SampledOperation? Find(string method, string path)
    {
        if (path.Length is < ShortestPath or > LongestPath) return routes.Find(method, path);
        ref var usual = ref _usual[path.Length];
        if (usual.Fits(method, path)) return usual.Operation;
        ref var found = ref _found[PlaceOf(path)];
        return found.Path == path && found.Method == method ? found.Operation : Remember(ref usual, ref found, method, path);
    }

    public void Count(SampledOperation operation) => _arrivals[operation.Number]++;

    /// <summary>Adds what arrived since the last time; any thread may ask.</summary>
    public void Collect(long[] arrivals)
    {
        for (var i = 0; i < arrivals.Length; i++)
        {
            var arrived = Volatile.Read(ref _arrivals[i]);
            arrivals[i] += arrived - _collected[i];
            _collected[i] = arrived;
        }
    }

    // Ids make each path a new one, so what tells those of a route by their shape goes before what tells a single one.
    private SampledOperation? Remember(ref Usual usual, ref Found found, string method, string path)
    {
        var operation = routes.Find(method, path);
        if (routes.ShapeOf(operation, path) is { } shape) usual = new(method, Path: null, shape, operation);
        else if (operation is not null && usual.Operation is null) usual = new(method, path, default, operation);
        else found = new(method, path, operation);
        return operation;
    }

    // The end and the middle, because the beginning is the same for most.
    private static int PlaceOf(string path)
    {
        ref var text = ref MemoryMarshal.GetReference(path.AsSpan());
        var last = path.Length - ShortestPath;
        return (int)((FourAt(ref text, last) * 0x9e3779b97f4a7c15 ^ FourAt(ref text, last / 2) * 0xc2b2ae3d27d4eb4f) >> 56);
    }

    private static ulong FourAt(ref char text, int start) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref text, start)));

    /// <param name="Path">Null where the paths have a parameter, and a shape.</param>
    private readonly record struct Usual(string? Method, string? Path, PathShape Shape, SampledOperation? Operation)
    {
        public bool Fits(string method, string path) => Method == method && (Path is null ? Shape.Fits(path) : Path == path);
    }

    private readonly record struct Found(string Method, string Path, SampledOperation? Operation);
}
