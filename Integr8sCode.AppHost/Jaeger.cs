namespace Integr8sCode;

/// <summary>Where spans go beside the dashboard, and where they are looked at.</summary>
/// <param name="Otlp">Takes the spans.</param>
/// <param name="Query">The query API and the pages, as the API reaches them.</param>
/// <param name="Page">The pages, as a browser reaches them; once published, only the operator knows.</param>
internal sealed record Jaeger(ReferenceExpression Otlp, ReferenceExpression Query, ReferenceExpression Page)
{
    private const string OtlpSetting = "JAEGER_OTLP_ENDPOINT";
    private const string PageSetting = "Traces:Url";

    /// <summary>A container, unless the settings that the services know name a trace store that runs elsewhere.</summary>
    public static Jaeger Add(IDistributedApplicationBuilder builder) =>
        builder.Configuration[OtlpSetting] is { Length: > 0 } otlp ? Elsewhere(otlp, builder.Configuration[PageSetting]) : InContainer(builder);

    private static Jaeger Elsewhere(string otlp, string? page)
    {
        if (string.IsNullOrEmpty(page)) throw new DistributedApplicationException($"{OtlpSetting} is set: {PageSetting} must name the address of its pages.");
        var url = ReferenceExpression.Create($"{page}");
        return new(ReferenceExpression.Create($"{otlp}"), url, url);
    }

    private static Jaeger InContainer(IDistributedApplicationBuilder builder)
    {
        var jaeger = builder.AddContainer("jaeger", "jaegertracing/jaeger", "2.20.0")
            .WithHttpEndpoint(port: 16686, targetPort: 16686, name: "ui")
            .WithHttpEndpoint(targetPort: 4317, name: "otlp")
            .WithHttpEndpoint(targetPort: 13133, name: "health")
            .WithHttpHealthCheck("/status", endpointName: "health")
            .WithUrlForEndpoint("ui", url => url.DisplayText = "Traces")
            .WithUrlForEndpoint("otlp", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithUrlForEndpoint("health", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .PublishAsDockerComposeService((_, service) => service.Restart = ComposeService.Restart);
        var ui = jaeger.GetEndpoint("ui");
        return new(
            ReferenceExpression.Create($"{jaeger.GetEndpoint("otlp")}"),
            ReferenceExpression.Create($"{ui}"),
            builder.AddPublicAddress("traces-url", "http://localhost:16686", ui));
    }
}
