using System.Text.Json.Nodes;

namespace Integr8sCode.Fuzzing;

/// <summary>An operation of the OpenAPI document.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Query">Names of the query's parameters.</param>
/// <param name="Statuses">What it may answer.</param>
/// <param name="Body">Schema of the JSON body; <see langword="null"/> where it takes none.</param>
/// <param name="Example">A body that is right.</param>
internal sealed record FuzzedRoute(
    HttpMethod Method, string Path, IReadOnlyList<string> Query, IReadOnlySet<string> Statuses, JsonNode? Body, JsonNode? Example)
{
    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<FuzzedRoute> ReadFrom(JsonNode document) =>
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => Of(path.Key, operation.Key, operation.Value!)))];

    private static FuzzedRoute Of(string path, string method, JsonNode operation) => new(
        HttpMethod.Parse(method),
        path,
        [.. operation["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "query").Select(parameter => (string)parameter!["name"]!) ?? []],
        operation["responses"]!.AsObject().Select(response => response.Key).ToHashSet(),
        operation["requestBody"]?["content"]?["application/json"]?["schema"],
        operation["requestBody"]?["content"]?["application/json"]?["example"]);
}
