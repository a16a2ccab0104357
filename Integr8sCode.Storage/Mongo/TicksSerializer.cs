using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Integr8sCode.Mongo;

/// <summary>UTC ticks: a date of BSON holds milliseconds only, and the contracts compare exactly.</summary>
internal sealed class TicksSerializer : StructSerializerBase<DateTimeOffset>
{
    public override DateTimeOffset Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        new(context.Reader.ReadInt64(), TimeSpan.Zero);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateTimeOffset value) =>
        context.Writer.WriteInt64(value.UtcTicks);
}
