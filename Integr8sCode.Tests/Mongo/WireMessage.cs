using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Integr8sCode.Mongo;

/// <summary>A request of the driver: OP_MSG, or for the first greeting of a connection OP_QUERY.</summary>
internal sealed record WireMessage(int RequestId, bool IsQuery, BsonDocument Command)
{
    private const int HeaderBytes = 16;
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMessage = 2013;

    /// <returns><see langword="null"/> where the connection has ended.</returns>
    public static async Task<WireMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, cancellationToken) < length.Length)
        {
            return null;
        }

        var rest = new byte[BitConverter.ToInt32(length) - length.Length];
        await stream.ReadExactlyAsync(rest, cancellationToken);
        using var reader = new BinaryReader(new MemoryStream(rest));
        var id = reader.ReadInt32();
        _ = reader.ReadInt32(); // response to
        return reader.ReadInt32() switch
        {
            OpMessage => new(id, false, ReadSections(reader)),
            OpQuery => new(id, true, ReadQuery(reader)),
            var other => throw new NotSupportedException($"The driver sent opcode {other}."),
        };
    }

    public byte[] AnswerWith(BsonDocument answer)
    {
        var body = answer.ToBson();
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(HeaderBytes + (IsQuery ? 20 : 5) + body.Length);
        writer.Write(0);
        writer.Write(RequestId);
        writer.Write(IsQuery ? OpReply : OpMessage);
        writer.Write(0); // flags
        if (IsQuery)
        {
            writer.Write(0L); // cursor
            writer.Write(0);
            writer.Write(1); // documents
        }
        else
        {
            writer.Write((byte)0); // section: the body
        }

        writer.Write(body);
        return bytes.ToArray();
    }

    private static BsonDocument ReadSections(BinaryReader reader)
    {
        _ = reader.ReadInt32(); // flags
        var command = new BsonDocument();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            if (reader.ReadByte() == 0)
            {
                command.Merge(ReadDocument(reader));
                continue;
            }

            var end = reader.BaseStream.Position + reader.ReadInt32();
            var documents = command[ReadText(reader)] = new BsonArray();
            while (reader.BaseStream.Position < end)
            {
                documents.AsBsonArray.Add(ReadDocument(reader));
            }
        }

        return command;
    }

    private static BsonDocument ReadQuery(BinaryReader reader)
    {
        _ = reader.ReadInt32(); // flags
        _ = ReadText(reader); // admin.$cmd
        _ = reader.ReadInt64(); // to skip, to return
        return ReadDocument(reader);
    }

    private static BsonDocument ReadDocument(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        reader.BaseStream.Seek(-sizeof(int), SeekOrigin.Current);
        return BsonSerializer.Deserialize<BsonDocument>(reader.ReadBytes(length));
    }

    private static string ReadText(BinaryReader reader)
    {
        var text = "";
        for (var character = reader.ReadByte(); character != 0; character = reader.ReadByte())
        {
            text += (char)character;
        }

        return text;
    }
}
