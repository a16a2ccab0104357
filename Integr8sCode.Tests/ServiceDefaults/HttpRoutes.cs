using Integr8sCode.Sampling;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.ServiceDefaults;

/// <summary>Routes as a process would have mapped them.</summary>
internal static class HttpRoutes
{
    public static IEnumerable<HttpRoute> Of(string method, params string[] patterns) =>
        patterns.Select(pattern => new HttpRoute(method, $"{method} {pattern}", RoutePatternFactory.Parse(pattern)));
}
