using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Integr8sCode.Spans;

/// <summary>An attribute value as people write it: what a search compares and a page shows. Arrays and maps are JSON.</summary>
internal static class AttributeText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Json(value),
    };

    private static string Json(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case List<object?> items: WriteArray(json, items); break;
            case List<KeyValuePair<string, object?>> pairs: WriteMap(json, pairs); break;
            case null: json.WriteNullValue(); break;
            default: json.WriteStringValue(Of(value)); break;
        }
    }

    private static void WriteArray(Utf8JsonWriter json, List<object?> items)
    {
        json.WriteStartArray();
        items.ForEach(item => Write(json, item));
        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, List<KeyValuePair<string, object?>> pairs)
    {
        json.WriteStartObject();
        foreach (var (key, value) in pairs)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }
}
