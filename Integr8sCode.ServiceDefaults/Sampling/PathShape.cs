using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.Sampling;

/// <summary>The paths of a route with one parameter: what stands before it and what behind.</summary>
internal readonly record struct PathShape(string Before, string Behind)
{
    /// <returns>Null for a route with no parameter, with several, or with one that is more or less than a segment.</returns>
    public static PathShape? Of(RoutePattern pattern)
    {
        var segments = pattern.PathSegments.Select(segment => segment.IsSimple ? segment.Parts[0] : null).ToList();
        var place = segments.FindIndex(part => part is RoutePatternParameterPart { IsCatchAll: false, IsOptional: false });
        if (place < 0 || segments.Where((part, i) => i != place && part is not RoutePatternLiteralPart).Any()) return null;
        var texts = segments.ConvertAll(part => (part as RoutePatternLiteralPart)?.Content);
        return new(string.Concat(texts[..place].Select(text => $"/{text}")) + "/", string.Concat(texts[(place + 1)..].Select(text => $"/{text}")));
    }

    public bool Fits(ReadOnlySpan<char> path) =>
        path.Length > Before.Length + Behind.Length
        && path.StartsWith(Before)
        && (Behind.Length == 0 || path.EndsWith(Behind))
        && !path[Before.Length..^Behind.Length].Contains('/');
}
