using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.LoadRuns;

/// <summary>
/// The measure of accepting: a Kestrel endpoint that reads the same JSON and sends it back, and does nothing else. It also takes OTLP, as a
/// collector on another machine would as far as this one's processors can tell.
/// </summary>
internal static class EchoServer
{
    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EchoJson.Default));
        await using var app = builder.Build();
        app.MapPost("/", (EchoedScript script) => TypedResults.Accepted("/", script));
        app.MapPost("/v1/traces", async (HttpRequest export) =>
        {
            await export.Body.CopyToAsync(Stream.Null);
            return TypedResults.Ok();
        });
        app.MapGet("/health", () => TypedResults.Ok());
        await app.RunAsync($"http://127.0.0.1:{port}");
        return 0;
    }
}

internal sealed record EchoedScript(string Script, string Language);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EchoedScript))]
internal sealed partial class EchoJson : JsonSerializerContext;
