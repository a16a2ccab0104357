using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Correlation;

/// <summary>Gives each request its correlation id: to the handlers, the log scope, the server span and the answer.</summary>
internal sealed class CorrelationMiddleware(RequestDelegate next, ILogger<CorrelationMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var id = CorrelationId.Choose(context);
        context.Features.Set(id);
        context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("correlation.id", id.Value);
        // At the start of the response, because the exception handler clears headers that were set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[CorrelationId.Header] = id.Value;
            return Task.CompletedTask;
        });
        using var scope = logger.BeginScope(new KeyValuePair<string, object?>[] { new(CorrelationId.LogKey, id.Value) });
        await next(context);
    }
}
