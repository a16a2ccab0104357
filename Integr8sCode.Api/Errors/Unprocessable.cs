using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Errors;

/// <summary>422: the body can be read, but says something impossible; the problem names each field.</summary>
internal static class Unprocessable
{
    public static ProblemHttpResult Of(Dictionary<string, string[]> errors) => TypedResults.Problem(
        new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status422UnprocessableEntity });
}
