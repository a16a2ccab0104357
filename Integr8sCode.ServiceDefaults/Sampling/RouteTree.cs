using System.Collections.Frozen;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.Sampling;

/// <summary>
/// Finds the route of a path before routing has run, because the sampler decides first. It knows literals, parameters and catch-alls, and
/// takes constraints for fulfilled: a wrong guess costs nothing but a place in another operation's count.
/// </summary>
internal sealed class RouteTree
{
    private readonly RouteNode _root = new();
    private readonly FrozenDictionary<string, RouteNode> _literals;
    private readonly Dictionary<SampledOperation, PathShape> _shapes = [];

    public RouteTree(IEnumerable<(HttpRoute Route, SampledOperation Operation)> routes)
    {
        var literals = new Dictionary<string, RouteNode>();
        foreach (var (route, operation) in routes)
        {
            if (PathShape.Of(route.Pattern) is { } shape) _shapes[operation] = shape;
            if (_root.Add(route, operation) is { } end && IsLiteral(route.Pattern)) literals[$"/{PathOf(route.Pattern)}"] = end;
        }
        _literals = literals.ToFrozenDictionary();
    }

    /// <returns>Null where no route fits, or nothing is known of the request.</returns>
    public SampledOperation? Find(string? method, string? path)
    {
        if (method is null || path is null) return null;
        // Most requests go to a path without parameters that is written as it was mapped.
        return (_literals.TryGetValue(path, out var end) ? end.Of(method) : null) ?? _root.Find(method, path.AsSpan().Trim('/'));
    }

    /// <summary>By what other paths of the same length that belong to an operation can be told; null where a path without parameters looks the same.</summary>
    public PathShape? ShapeOf(SampledOperation? operation, string path) =>
        operation is not null && _shapes.TryGetValue(operation, out var shape) && shape.Fits(path)
        && !_literals.Keys.Any(literal => literal.Length == path.Length && shape.Fits(literal))
            ? shape
            : null;

    private static bool IsLiteral(RoutePattern pattern) => pattern.Parameters.Count == 0;

    private static string PathOf(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.OfType<RoutePatternLiteralPart>().Select(part => part.Content))));
}
