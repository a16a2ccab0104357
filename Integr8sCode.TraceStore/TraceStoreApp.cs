using Integr8sCode.Ingest;
using Integr8sCode.Pages;
using Integr8sCode.Query;
using Integr8sCode.Spans;
using Microsoft.Extensions.Options;

namespace Integr8sCode;

/// <summary>The process, built the same way by Program and by tests.</summary>
internal static class TraceStoreApp
{
    /// <summary>Where the store listens unless <c>ASPNETCORE_URLS</c> says otherwise: the ports of Jaeger's query API and of OTLP/HTTP.</summary>
    private static readonly string[] DefaultUrls = ["http://127.0.0.1:16686", "http://127.0.0.1:4318"];

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrls);
        }

        // A store that traced its own requests would have to trace the storing of these traces.
        builder.Configuration.AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", "always_off"), new("OTEL_TRACES_EXPORTER", "none")]);
        builder.AddServiceDefaults();
        builder.Services.AddSpans();
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
            kestrel.Limits.MaxRequestBodySize = kestrel.ApplicationServices.GetRequiredService<IOptions<TraceStoreOptions>>().Value.MaxBodyBytes);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.UsePages();
        app.MapIngest().MapJaegerV1().MapJaegerV3().MapTraceList();
        return app;
    }
}
