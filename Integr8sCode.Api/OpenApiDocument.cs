using Integr8sCode.Users;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integr8sCode;

/// <summary>What the generated document cannot know by itself: its title and how callers sign in.</summary>
internal static class OpenApiDocument
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
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

        return Task.CompletedTask;
    });
}
