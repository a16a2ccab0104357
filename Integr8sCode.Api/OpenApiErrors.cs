using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integr8sCode;

/// <summary>The errors of every operation, with the one shape that they all have.</summary>
internal static class OpenApiErrors
{
    public const string Schema = "Problem";
    private const string ProblemJson = "application/problem+json";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["400"] = "A field, a parameter or a header is not valid; errors names it.",
        ["401"] = "No API key, or one that is unknown, expired, or of a disabled user.",
        ["403"] = "For admins only.",
        ["404"] = "There is none, or it is somebody else's.",
        ["409"] = "Not in the state it is in, or somebody else was faster; read it again.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is not application/json.",
        ["422"] = "It can be read, but says something impossible; errors names the fields.",
        ["429"] = "Too many requests; Retry-After says when to ask again.",
        ["502"] = "The trace backend's answer cannot be used.",
        ["503"] = "Something it needs is away, or too busy; Retry-After says when to ask again.",
    };

    /// <summary>What their results cannot tell, because the status of a problem is no part of its type.</summary>
    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["Execute"] = ["422"],
        ["CancelExecution"] = ["409"],
        ["RetryExecution"] = ["409"],
        ["CancelSaga"] = ["409"],
        ["GetExecutionTrace"] = ["502"],
        ["SummarizeTraces"] = ["502"],
    };

    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Responses ??= [];
        foreach (var status in StatusesOf(operation, context))
        {
            operation.Responses.TryAdd(status, new OpenApiResponse());
        }

        foreach (var (status, response) in operation.Responses)
        {
            if (Meanings.TryGetValue(status, out var meaning) && response is OpenApiResponse error)
            {
                error.Description = meaning;
                error.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemJson] = new() { Schema = new OpenApiSchemaReference(Schema, context.Document) },
                };
            }
        }
    }

    /// <summary>RFC 9457, and what ours say besides.</summary>
    public static OpenApiSchema Describe() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error, as RFC 9457 has it.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Explains the status."),
            ["title"] = Text("The status in words."),
            ["status"] = Number("The status of the answer."),
            ["detail"] = Text("What happened, for a person."),
            ["reason"] = Text("What happened, for a program, where a status can mean several things."),
            ["traceId"] = Text("The trace of this request, to ask about it."),
            ["rule"] = Text("Of a 429: the rate limit's rule."),
            ["limit"] = Number("Of that rule: requests in its window."),
            ["window_seconds"] = Number("Of that rule."),
            ["retry_after_seconds"] = Number("Until a request passes again."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static IEnumerable<string> StatusesOf(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var takesPath = operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Path) is true;
        var isChange = context.Description.HttpMethod is not "GET";

        return [
            "429", "503",
            .. metadata.OfType<IAllowAnonymous>().Any() ? Array.Empty<string>() : ["401"],
            .. metadata.OfType<AuthorizationPolicy>().Any() ? ["403"] : Array.Empty<string>(), // only admins' routes have one of their own
            .. metadata.OfType<AuthorizationPolicy>().Any() && isChange ? ["409", "422"] : Array.Empty<string>(),
            .. operation.Parameters is { Count: > 0 } || operation.RequestBody is not null ? ["400"] : Array.Empty<string>(),
            .. takesPath ? ["404"] : Array.Empty<string>(),
            .. takesPath && isChange ? ["409"] : Array.Empty<string>(),
            .. operation.RequestBody is not null ? ["413", "415", "422"] : Array.Empty<string>(),
            .. Own.GetValueOrDefault(operation.OperationId ?? "", []),
        ];
    }

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Integer, Description = description };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
