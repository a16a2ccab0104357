namespace Integr8sCode.RateLimits;

internal static class RateLimitedRoutes
{
    /// <summary>Counts the routes with others of that group. One that says nothing is in admin or api, by where it is.</summary>
    public static TBuilder InRateLimitGroup<TBuilder>(this TBuilder routes, string group) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new RateLimitGroup(group));
}
