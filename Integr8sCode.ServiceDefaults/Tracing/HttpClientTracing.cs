using OpenTelemetry.Trace;

namespace Integr8sCode.Tracing;

/// <summary>HTTP client spans: from the instrumentation package where the feed has it, else from .NET's own source.</summary>
internal static class HttpClientTracing
{
    public static TracerProviderBuilder AddHttpClientSpans(this TracerProviderBuilder tracing) =>
#if USE_ASPIRE
        tracing.AddHttpClientInstrumentation();
#else
        tracing.AddSource("System.Net.Http");
#endif
}
