using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Integr8sCode.Tracing;

/// <summary>Completes the server span of .NET 10, which knows neither its route nor how the request ended. .NET 11 does it natively.</summary>
internal sealed class ServerSpanMiddleware(RequestDelegate next)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            await next(context);
            return;
        }
        DescribeRequest(span, context);
        context.Response.OnStarting(() => EndAtHeadersOfEventStreamAsync(span, context));
        try
        {
            await next(context);
            Complete(span, context, context.Response.StatusCode, context.Features.Get<IExceptionHandlerFeature>()?.Error);
        }
        catch (Exception exception)
        {
            Complete(span, context, StatusOf(context, exception), exception);
            throw;
        }
    }

    private static void DescribeRequest(Activity span, HttpContext context)
    {
        span.SetTag("network.protocol.version", context.Request.Protocol.Replace("HTTP/", "", StringComparison.Ordinal));
        if (context.Request.Headers.UserAgent.ToString() is { Length: > 0 } userAgent) span.SetTag("user_agent.original", userAgent);
    }

    // An event stream may stay open for hours; its span tells how long the caller waited for the answer. Stopping a span resets
    // Activity.Current, but only here: the server awaits this apart from the handler, whose own spans and logs stay in the trace.
    private static Task EndAtHeadersOfEventStreamAsync(Activity span, HttpContext context)
    {
        if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) is true)
        {
            Complete(span, context, context.Response.StatusCode, exception: null);
            span.Stop();
        }
        return Task.CompletedTask;
    }

    private static void Complete(Activity span, HttpContext context, int status, Exception? exception)
    {
        if (span.IsStopped) return;
        // The exception handler clears the endpoint, but remembers it.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var method = span.GetTagItem("http.request.method") as string is { } known and not "_OTHER" ? known : "HTTP";
        var route = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        span.SetTag("client.address", context.Connection.RemoteIpAddress?.ToString()); // at the end: forwarded headers may have changed it
        if (status >= 500 || BrokeAfterTheHeaders(context, exception)) Fail(span, status, exception);
    }

    private static void Fail(Activity span, int status, Exception? exception)
    {
        span.SetTag("error.type", exception?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error, exception?.Message);
        if (exception is not null) span.AddException(exception);
    }

    private static bool BrokeAfterTheHeaders(HttpContext context, Exception? exception) =>
        exception is not null && context.Response.HasStarted && !IsAbort(context, exception);

    private static int StatusOf(HttpContext context, Exception exception) => exception switch
    {
        _ when context.Response.HasStarted => context.Response.StatusCode,
        _ when IsAbort(context, exception) => ClientClosedRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsAbort(HttpContext context, Exception exception) =>
        exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;
}
