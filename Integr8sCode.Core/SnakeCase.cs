using System.Text.Json;

namespace Integr8sCode;

/// <summary>How members of enums are spelled outside the code: in JSON, headers, addresses, spans and metrics.</summary>
public static class SnakeCase
{
    public static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
