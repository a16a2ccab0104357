using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Executions;

/// <summary>Refuses a request that would start an execution while too many events wait for Kafka: 503, and when to ask again.</summary>
internal sealed class BacklogFilter(SubmissionBacklog backlog) : IEndpointFilter
{
    private const string RetryAfterSeconds = "5";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        backlog.IsFull ? ValueTask.FromResult<object?>(Refuse(context.HttpContext)) : next(context);

    private ProblemHttpResult Refuse(HttpContext http)
    {
        backlog.Refused();
        http.Response.Headers.RetryAfter = RetryAfterSeconds;

        return TypedResults.Problem(
            "Too many events wait for Kafka. What was accepted before is safe.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
