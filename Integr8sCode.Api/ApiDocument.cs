using Integr8sCode.Users;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integr8sCode;

/// <summary>What the generated document cannot know by itself: its title, how callers sign in, parameters, examples, errors.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options) => options
        .AddOperationTransformer((operation, context, _) =>
        {
            OpenApiParameters.Add(operation);
            OpenApiExamples.Add(operation, context);
            OpenApiErrors.Add(operation, context);
            return Task.CompletedTask;
        })
        .AddDocumentTransformer((document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new() { Title = "Integr8sCode", Version = "v1", Description = "Runs scripts and can always explain what it did." };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            ["api_key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.Header,
            },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("api_key", document)] = [] },
        ];

        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[OpenApiErrors.Schema] = OpenApiErrors.Describe();
    }
}
