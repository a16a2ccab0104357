using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integr8sCode;

/// <summary>
/// JSON as messages carry it: only what JSON itself demands is escaped. What the default escapes besides, for the sake of HTML, takes up
/// to six times its place: all that is not ASCII, quotes, and the marks of any markup.
/// </summary>
public static class CompactJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
