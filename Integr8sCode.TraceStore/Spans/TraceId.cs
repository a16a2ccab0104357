using System.Buffers.Binary;
using System.Globalization;

namespace Integr8sCode.Spans;

/// <summary>A W3C trace id. Shorter ids of older clients are the same number, with zeros on the left. Zero is no id.</summary>
internal readonly record struct TraceId(UInt128 Value)
{
    public const int Size = 16;

    public bool IsValid => Value != 0;

    public static TraceId Of(ReadOnlySpan<byte> bytes) =>
        new(bytes.Length == Size ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : UInt128.Zero);

    public static bool TryParse(string? text, out TraceId id)
    {
        id = default;
        if (text is not { Length: > 0 and <= 2 * Size } ||
            !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new TraceId(value);
        return id.IsValid;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
