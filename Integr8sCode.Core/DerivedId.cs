namespace Integr8sCode;

/// <summary>A UUIDv7 that is derived: the same time and bits always make the same id, so that a repetition is known for one.</summary>
internal static class DerivedId
{
    /// <summary>Milliseconds since 1970, big-endian: what a UUIDv7 begins with.</summary>
    public const int TimeBytes = 6;

    /// <param name="bits">16 bytes, of which those that the time and the version take are overwritten.</param>
    public static Guid Of(ReadOnlySpan<byte> time, Span<byte> bits)
    {
        time[..TimeBytes].CopyTo(bits);
        bits[6] = (byte)(0x70 | (bits[6] & 0x0F));
        bits[8] = (byte)(0x80 | (bits[8] & 0x3F));
        return new(bits, bigEndian: true);
    }
}
