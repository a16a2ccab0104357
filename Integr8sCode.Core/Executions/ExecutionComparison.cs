using System.Text.Json;

namespace Integr8sCode.Executions;

/// <summary>Field by field, as both are stored.</summary>
internal static class ExecutionComparison
{
    private const int LongestValue = 200;

    public static IEnumerable<RebuildDifference> Compare(Execution stored, Execution rebuilt) => Compare(
        rebuilt.Id,
        path: "",
        JsonSerializer.SerializeToElement(stored, CoreJson.Default.Execution),
        JsonSerializer.SerializeToElement(rebuilt, CoreJson.Default.Execution));

    private static IEnumerable<RebuildDifference> Compare(Guid id, string path, JsonElement? stored, JsonElement? rebuilt)
    {
        if (stored is { ValueKind: JsonValueKind.Object } left && rebuilt is { ValueKind: JsonValueKind.Object } right)
        {
            var names = left.EnumerateObject().Concat(right.EnumerateObject()).Select(property => property.Name).Distinct();
            return names.SelectMany(name => Compare(id, path is "" ? name : $"{path}.{name}", Find(left, name), Find(right, name)));
        }

        return stored?.GetRawText() == rebuilt?.GetRawText() ? [] : [new(id, path, Text(stored), Text(rebuilt))];
    }

    private static JsonElement? Find(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? value) =>
        value?.ToString() is { Length: > LongestValue } text ? text[..LongestValue] : value?.ToString();
}
