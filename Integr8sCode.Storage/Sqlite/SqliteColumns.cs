using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <summary>Reads columns the way <see cref="SqliteSession"/> writes them.</summary>
internal static class SqliteColumns
{
    public static Guid ReadId(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static Guid? ReadOptionalId(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.ReadId(column);

    public static DateTimeOffset ReadTime(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? ReadOptionalTime(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.ReadTime(column);

    public static string? ReadOptionalText(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static T ReadJson<T>(this SqliteDataReader row, int column, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row.GetString(column), type)
        ?? throw new JsonException($"The stored {row.GetName(column)} is null.");
}
