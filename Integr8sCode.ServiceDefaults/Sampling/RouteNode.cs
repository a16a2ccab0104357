using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.Sampling;

/// <summary>What may follow the beginning of a path. Its few entries are compared one by one, which is faster than hashing.</summary>
internal sealed class RouteNode
{
    private readonly List<(string Text, RouteNode Node)> _literals = [];
    private readonly List<(string Method, SampledOperation Operation)> _ends = [];
    private readonly List<(string Method, SampledOperation Operation)> _catchAlls = [];
    private RouteNode? _parameter;

    /// <returns>The node at the end of the route; null where a catch-all ends it.</returns>
    public RouteNode? Add(HttpRoute route, SampledOperation operation)
    {
        var node = this;
        foreach (var segment in route.Pattern.PathSegments)
        {
            var parameter = segment.Parts[0] as RoutePatternParameterPart;
            if (parameter is { IsOptional: true }) node._ends.Add((route.Method, operation));
            if (parameter is { IsCatchAll: true })
            {
                node._catchAlls.Add((route.Method, operation));
                return null;
            }
            node = node.Next(segment);
        }
        node._ends.Add((route.Method, operation));
        return node;
    }

    /// <summary>The operation of a path that ends here.</summary>
    public SampledOperation? Of(string method) => Find(_ends, method) ?? Find(_catchAlls, method);

    public SampledOperation? Find(string method, ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return Of(method);
        var slash = path.IndexOf('/');
        var segment = slash < 0 ? path : path[..slash];
        var rest = slash < 0 ? default : path[(slash + 1)..];
        return Literal(segment)?.Find(method, rest)
            ?? _parameter?.Find(method, rest)
            ?? Find(_catchAlls, method);
    }

    // The one that was mapped first.
    private static SampledOperation? Find(List<(string Method, SampledOperation Operation)> operations, string method)
    {
        foreach (ref readonly var known in CollectionsMarshal.AsSpan(operations))
        {
            if (known.Method == method) return known.Operation;
        }
        return null;
    }

    // A segment such as {name}.{extension} counts as one parameter.
    private RouteNode Next(RoutePatternPathSegment segment)
    {
        if (segment is not { IsSimple: true } || segment.Parts[0] is not RoutePatternLiteralPart literal) return _parameter ??= new();
        if (Literal(literal.Content) is { } known) return known;
        var next = new RouteNode();
        _literals.Add((literal.Content, next));
        return next;
    }

    private RouteNode? Literal(ReadOnlySpan<char> segment)
    {
        foreach (ref readonly var literal in CollectionsMarshal.AsSpan(_literals))
        {
            if (literal.Text.Length == segment.Length && segment.Equals(literal.Text, StringComparison.OrdinalIgnoreCase)) return literal.Node;
        }
        return null;
    }
}
