using Microsoft.Extensions.Options;

namespace Integr8sCode.Errors;

/// <summary>
/// Explains an error to callers who accept something else only, an event stream for example. The framework's own writer, which is asked
/// first, would say nothing to them.
/// </summary>
internal sealed class UnacceptedProblemWriter(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        context.ProblemDetails.Status ??= response.StatusCode;
        var problem = TypedResults.Problem(context.ProblemDetails).ProblemDetails; // with the title and type of its status
        options.Value.CustomizeProblemDetails?.Invoke(context);

        await response.WriteAsJsonAsync(problem, problem.GetType(), options: null, "application/problem+json", context.HttpContext.RequestAborted);
    }
}
