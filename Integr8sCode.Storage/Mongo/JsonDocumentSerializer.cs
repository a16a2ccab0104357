using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Integr8sCode.Mongo;

/// <summary>Stores what Core knows as JSON as a document of the same shape, so that there is one description of it.</summary>
internal sealed class JsonDocumentSerializer<T>(JsonTypeInfo<T> type) : SerializerBase<T>
{
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, T value) =>
        Write(context.Writer, JsonSerializer.SerializeToElement(value, type));

    public override T Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            Copy(context.Reader, writer);
        }

        return JsonSerializer.Deserialize(buffer.WrittenSpan, type)!;
    }

    private static void Write(IBsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartDocument();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WriteName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndDocument();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteString(value.GetString());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                writer.WriteInt64(number);
                break;
            case JsonValueKind.Number:
                writer.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetBoolean());
                break;
            default:
                writer.WriteNull();
                break;
        }
    }

    private static void Copy(IBsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                writer.WriteStartObject();
                reader.ReadStartDocument();
                while (reader.ReadBsonType() is not BsonType.EndOfDocument)
                {
                    writer.WritePropertyName(reader.ReadName());
                    Copy(reader, writer);
                }

                reader.ReadEndDocument();
                writer.WriteEndObject();
                break;
            case BsonType.Array:
                writer.WriteStartArray();
                reader.ReadStartArray();
                while (reader.ReadBsonType() is not BsonType.EndOfDocument)
                {
                    Copy(reader, writer);
                }

                reader.ReadEndArray();
                writer.WriteEndArray();
                break;
            case BsonType.String:
                writer.WriteStringValue(reader.ReadString());
                break;
            case BsonType.Int64:
                writer.WriteNumberValue(reader.ReadInt64());
                break;
            case BsonType.Double:
                writer.WriteNumberValue(reader.ReadDouble());
                break;
            case BsonType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            default:
                reader.ReadNull();
                writer.WriteNullValue();
                break;
        }
    }
}
