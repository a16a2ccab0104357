using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Integr8sCode.Infrastructure;

/// <summary>One operation of the OpenAPI document.</summary>
internal sealed partial record DocumentedOperation(HttpMethod Method, string Path, JsonNode Node)
{
    public IEnumerable<JsonNode> Parameters => Node["parameters"]?.AsArray().Select(parameter => parameter!) ?? [];

    public JsonObject Responses => Node["responses"]!.AsObject();

    public JsonNode? Body => Node["requestBody"]?["content"]?["application/json"];

    public bool Has(string status) => Responses.ContainsKey(status);

    public string PathOf(string id) => Parameter().Replace(Path.Replace("{channel}", "in_app", StringComparison.Ordinal), id);

    public override string ToString() => $"{Method} {Path}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
