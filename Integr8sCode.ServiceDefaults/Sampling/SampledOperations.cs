using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// The operations of a process, each with a probability of its own: routes by method and template, messages without a trace by topic,
/// other work by span name. Their number is bounded; what is not known, like the paths a scanner tries, shares one.
/// </summary>
internal sealed class SampledOperations(AdaptiveTarget target)
{
    public const int Max = 200;

    private readonly ConcurrentDictionary<string, SampledOperation> _byName = new(StringComparer.Ordinal);
    private readonly SampledOperation _others = new("other", target);
    private RouteTree _routes = new([]);
    private int _count;

    public IEnumerable<SampledOperation> All => _byName.Select(pair => pair.Value).Append(_others);

    /// <summary>Tells the routes of the process, once they are known; before, requests share one probability.</summary>
    public void Learn(IEnumerable<HttpRoute> routes) =>
        Volatile.Write(ref _routes, new(routes.Select(route => (route, Named(route.Name)))));

    public SampledOperation Of(in SamplingParameters root) => root.Kind switch
    {
        ActivityKind.Server => Requested(root.Tags) ?? _others,
        ActivityKind.Consumer => Named(StartTags.Find(root.Tags, "messaging.destination.name") ?? root.Name),
        _ => Named(root.Name),
    };

    /// <summary>The operation of a root that has ended and got its final name.</summary>
    public SampledOperation Of(Activity ended) =>
        _byName.GetValueOrDefault(ended.Kind == ActivityKind.Consumer && ended.GetTagItem("messaging.destination.name") is string topic ? topic : ended.DisplayName)
        ?? _others;

    public void Tick(double seconds)
    {
        foreach (var operation in All) operation.Tick(seconds);
    }

    private SampledOperation? Requested(IEnumerable<KeyValuePair<string, object?>>? tags)
    {
        var (method, path) = StartTags.Find(tags, "http.request.method", "url.path");
        return Volatile.Read(ref _routes).Find(method, path);
    }

    private SampledOperation Named(string name)
    {
        if (_byName.TryGetValue(name, out var known)) return known;
        if (Volatile.Read(ref _count) >= Max) return _others;
        if (_byName.TryAdd(name, new(name, target))) Interlocked.Increment(ref _count);
        return _byName[name];
    }
}
