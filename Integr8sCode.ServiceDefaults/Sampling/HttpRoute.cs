using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Integr8sCode.Sampling;

/// <summary>One method of one route; the name is the one its server spans get.</summary>
internal sealed record HttpRoute(string Method, string Name, RoutePattern Pattern)
{
    public static IEnumerable<HttpRoute> Of(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let text = endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? endpoint.RoutePattern.RawText
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select new HttpRoute(method, $"{method} {text}", endpoint.RoutePattern);
}
