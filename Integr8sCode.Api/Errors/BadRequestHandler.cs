using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Errors;

/// <summary>Turns what the framework could not bind into a problem that names the field.</summary>
internal sealed partial class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        httpContext.Response.StatusCode = bad.StatusCode;

        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = Describe(bad) });
    }

    private static ProblemDetails Describe(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            return new() { Status = bad.StatusCode, Detail = bad.Message };
        }

        return bad.InnerException is JsonException json ? Invalid(FieldOf(json), MessageOf(json))
            : Parameter().Match(bad.Message) is { Success: true } match ? Invalid(NameOf(match.Groups[1].Value), "Not a valid value.")
            : Invalid("body", "A JSON object is required.");
    }

    private static HttpValidationProblemDetails Invalid(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] }) { Status = StatusCodes.Status400BadRequest };

    /// <summary>The framework tells the parameter's name in C#; routes and queries spell it as JSON does.</summary>
    private static string NameOf(string parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter);

    /// <summary><c>$.args[0]</c> is the field <c>args[0]</c>; what is wrong with the document as a whole is its <c>body</c>.</summary>
    private static string FieldOf(JsonException json) =>
        UnknownField().Match(json.Message) is { Success: true } unknown ? unknown.Groups[1].Value
        : json.Path is { Length: > 2 } path ? path[2..]
        : "body";

    private static string MessageOf(JsonException json) => UnknownField().IsMatch(json.Message)
        ? "Unknown field."
        : $"Not valid JSON for this field (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).";

    // Failed to bind parameter "ExecutionId id" from "x".
    [GeneratedRegex("""^Failed to bind parameter "\S+ (\w+)" from""")]
    private static partial Regex Parameter();

    // The JSON property 'x' could not be mapped to any .NET member contained in type ...
    [GeneratedRegex("^The JSON property '(.{1,100}?)' could not be mapped")]
    private static partial Regex UnknownField();
}
