using System.Buffers.Binary;
using System.Text;

namespace Integr8sCode.Infrastructure;

/// <summary>A protobuf message read without its schema: enough to look at what an exporter sent, independently of our own decoder.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, byte[] Bytes, ulong Scalar)> _fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = ReadVarint(ref bytes);
            _fields.Add(ReadField((int)(tag >> 3), (int)(tag & 7), ref bytes));
        }
    }

    public bool Has(int number) => _fields.Any(field => field.Number == number);

    public IEnumerable<ProtobufMessage> Messages(int number) =>
        _fields.Where(field => field.Number == number).Select(field => new ProtobufMessage(field.Bytes));

    public ProtobufMessage Message(int number) => Messages(number).FirstOrDefault() ?? new ProtobufMessage([]);

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public ulong Number(int number) => _fields.LastOrDefault(field => field.Number == number).Scalar;

    private byte[] Bytes(int number) => _fields.LastOrDefault(field => field.Number == number).Bytes ?? [];

    private static (int Number, byte[] Bytes, ulong Scalar) ReadField(int number, int wireType, ref ReadOnlySpan<byte> bytes) => wireType switch
    {
        0 => (number, [], ReadVarint(ref bytes)),
        1 => (number, [], BinaryPrimitives.ReadUInt64LittleEndian(Take(8, ref bytes))),
        2 => (number, Take((int)ReadVarint(ref bytes), ref bytes).ToArray(), 0),
        5 => (number, [], BinaryPrimitives.ReadUInt32LittleEndian(Take(4, ref bytes))),
        _ => throw new InvalidDataException($"Wire type {wireType} is not protobuf."),
    };

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1, ref bytes)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }

    private static ReadOnlySpan<byte> Take(int count, ref ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
