using System.Security.Cryptography;

namespace Integr8sCode.Replays;

/// <summary>
/// The id of what a session makes of an event, always the same: consumers' inboxes drop the repetition of a replayed message by it, and
/// a script is executed once more only once. A UUIDv7 with the time of the session.
/// </summary>
public static class ReplayId
{
    private const int TimeBytes = 6;

    public static Guid Of(Guid sessionId, Guid eventId)
    {
        Span<byte> both = stackalloc byte[32];
        sessionId.TryWriteBytes(both, bigEndian: true, out _);
        eventId.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);

        var id = hash[..16];
        both[..TimeBytes].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new(id, bigEndian: true);
    }
}
