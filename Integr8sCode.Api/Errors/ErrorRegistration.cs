using System.Diagnostics;

namespace Integr8sCode.Errors;

/// <summary>Every error is problem+json with the trace id to ask about it.</summary>
internal static class ErrorRegistration
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.Remove("trace_id"); // the framework's own: all of traceparent, in our spelling of names
            if (Activity.Current is { } span)
            {
                context.ProblemDetails.Extensions["traceId"] = span.TraceId.ToHexString();
            }
        });
        builder.Services.AddSingleton<IProblemDetailsWriter, UnacceptedProblemWriter>();
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        builder.Services.AddExceptionHandler<StoreUnavailableHandler>();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }
}
