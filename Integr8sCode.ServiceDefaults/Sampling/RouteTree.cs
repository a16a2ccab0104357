using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.Sampling;

/// <summary>
/// Finds the route of a path before routing has run, because the sampler decides first. It knows literals, parameters and catch-alls, and
/// takes constraints for fulfilled: a wrong guess costs nothing but a place in another operation's count.
/// </summary>
internal sealed class RouteTree
{
    private readonly Dictionary<string, RouteTree> _literals = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SampledOperation> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SampledOperation> _catchAlls = new(StringComparer.Ordinal);
    private RouteTree? _parameter;

    public void Add(HttpRoute route, SampledOperation operation)
    {
        var node = this;
        foreach (var segment in route.Pattern.PathSegments)
        {
            var parameter = segment.Parts[0] as RoutePatternParameterPart;
            if (parameter is { IsOptional: true }) node._ends.TryAdd(route.Method, operation);
            if (parameter is { IsCatchAll: true })
            {
                node._catchAlls.TryAdd(route.Method, operation);
                return;
            }
            node = node.Next(segment);
        }
        node._ends.TryAdd(route.Method, operation);
    }

    /// <returns>Null where no route fits, or nothing is known of the request.</returns>
    public SampledOperation? Find(string? method, string? path) =>
        method is null || path is null ? null : Find(method, path.AsSpan().Trim('/'));

    private SampledOperation? Find(string method, ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return _ends.GetValueOrDefault(method) ?? _catchAlls.GetValueOrDefault(method);
        var slash = path.IndexOf('/');
        var segment = slash < 0 ? path : path[..slash];
        var rest = slash < 0 ? default : path[(slash + 1)..];
        return (_literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var literal) ? literal.Find(method, rest) : null)
            ?? _parameter?.Find(method, rest)
            ?? _catchAlls.GetValueOrDefault(method);
    }

    // A segment such as {name}.{extension} counts as one parameter.
    private RouteTree Next(RoutePatternPathSegment segment)
    {
        if (segment is not { IsSimple: true } || segment.Parts[0] is not RoutePatternLiteralPart literal) return _parameter ??= new();
        if (!_literals.TryGetValue(literal.Content, out var next)) _literals[literal.Content] = next = new();
        return next;
    }
}
