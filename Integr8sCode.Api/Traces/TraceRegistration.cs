using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Traces;

internal static class TraceRegistration
{
    public static void AddTraces(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TraceQueryOptions>()
            .BindConfiguration(TraceQueryOptions.Section)
            .PostConfigure<IOptions<TraceLinkOptions>>((options, links) => options.QueryUrl ??= links.Value.Url)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddHttpClient<TraceBackend>((services, http) =>
        {
            var options = services.GetRequiredService<IOptions<TraceQueryOptions>>().Value;
            http.BaseAddress = options.QueryUrl is { } url ? new($"{url.TrimEnd('/')}/") : null;
            http.Timeout = options.QueryTimeout;
            http.MaxResponseContentBufferSize = options.MaxAnswerBytes;
        }).RemoveAllLoggers(); // each question is a span already

        builder.Services.AddTransient<TimelineReader>();
        builder.Services.AddTransient<SummaryReader>();
        builder.Services.AddExceptionHandler<TraceBackendHandler>();
    }
}
