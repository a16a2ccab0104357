namespace Integr8sCode.RateLimits;

/// <summary>The group that a route is in; metadata of its endpoint.</summary>
internal sealed record RateLimitGroup(string Name)
{
    private const string ApiPrefix = "/api/";
    private const string AdminPrefix = "/api/v1/admin/";

    /// <returns><see langword="null"/> for what is never limited: probes, and the OpenAPI document.</returns>
    public static string? Of(Endpoint? endpoint)
    {
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return endpoint?.Metadata.GetMetadata<RateLimitGroup>()?.Name
            ?? (route.StartsWith(AdminPrefix, StringComparison.Ordinal) ? RateLimitGroups.Admin
                : route.StartsWith(ApiPrefix, StringComparison.Ordinal) ? RateLimitGroups.Api
                : null);
    }
}
