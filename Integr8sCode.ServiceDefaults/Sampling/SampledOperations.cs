using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// The operations of a process, each with a probability of its own: routes by method and template, messages without a trace by topic,
/// other work by span name. Their number is bounded; what is not known, like the paths a scanner tries, shares one.
/// </summary>
internal sealed class SampledOperations
{
    public const int Max = 200;

    private readonly AdaptiveTarget _target;
    private readonly ConcurrentDictionary<string, SampledOperation> _byName = new(StringComparer.Ordinal);
    private readonly SampledOperation _others;
    private readonly Lock _gate = new();
    private readonly List<ThreadOperations> _threads = [];
    private volatile RouteTree _routes = new([]);
    private int _count;

    public SampledOperations(AdaptiveTarget target)
    {
        _target = target;
        _others = new("other", number: 0, target);
    }

    public IEnumerable<SampledOperation> All => _byName.Select(pair => pair.Value).Append(_others);

    /// <summary>Tells the routes of the process, once they are known; before, requests share one probability.</summary>
    public void Learn(IEnumerable<HttpRoute> routes) => _routes = new(routes.Select(route => (route, Named(route.Name))));

    /// <summary>Counts a root and decides about it.</summary>
    public SamplingResult Decide(in SamplingParameters root)
    {
        var mine = Mine();
        var operation = Of(root, mine);
        mine.Count(operation);
        return operation.Decide(root);
    }

    public SampledOperation Of(in SamplingParameters root) => Of(root, Mine());

    /// <summary>The operation of a root that has ended and got its final name.</summary>
    public SampledOperation Of(Activity ended) =>
        _byName.GetValueOrDefault(ended.Kind == ActivityKind.Consumer && ended.GetTagItem("messaging.destination.name") is string topic ? topic : ended.DisplayName)
        ?? _others;

    /// <summary>Sets the probabilities for the next second.</summary>
    public void Tick(double seconds)
    {
        var arrivals = Collect();
        foreach (var operation in All) operation.Tick(arrivals[operation.Number], seconds);
    }

    private SampledOperation Of(in SamplingParameters root, ThreadOperations mine) => root.Kind switch
    {
        ActivityKind.Server => Requested(root.Tags, mine),
        ActivityKind.Consumer => Named(StartTags.Find(root.Tags, "messaging.destination.name") ?? root.Name),
        _ => Named(root.Name),
    };

    private SampledOperation Requested(IEnumerable<KeyValuePair<string, object?>>? tags, ThreadOperations mine)
    {
        var (method, path) = StartTags.Request(tags);
        return (method is null || path is null ? null : mine.Find(method, path)) ?? _others;
    }

    private SampledOperation Named(string name)
    {
        if (_byName.TryGetValue(name, out var known)) return known;
        if (Volatile.Read(ref _count) >= Max || Interlocked.Increment(ref _count) is var number && number > Max) return _others;
        return _byName.GetOrAdd(name, new SampledOperation(name, number, _target));
    }

    private ThreadOperations Mine() => ThreadOperations.Current is { } mine && mine.Routes == _routes ? mine : Join();

    private ThreadOperations Join()
    {
        lock (_gate)
        {
            var routes = _routes;
            var mine = _threads.Find(each => each.IsMine && each.Routes == routes);
            if (mine is null) _threads.Add(mine = new(routes));
            return ThreadOperations.Current = mine;
        }
    }

    private long[] Collect()
    {
        var arrivals = new long[Max + 1];
        lock (_gate)
        {
            _threads.RemoveAll(each =>
            {
                var isOver = each.HasEnded || each.Routes != _routes; // asked before its last arrivals are read
                each.Collect(arrivals);
                return isOver;
            });
        }
        return arrivals;
    }
}
