using Microsoft.AspNetCore.Diagnostics;

namespace Integr8sCode.Traces;

/// <summary>Executions go on without traces; only the question about them cannot be answered now.</summary>
internal sealed class TraceBackendHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not TraceBackendException failure)
        {
            return false;
        }

        httpContext.Response.StatusCode = failure.Status;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;

        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = failure.Status, Detail = failure.Message },
        });
    }
}
