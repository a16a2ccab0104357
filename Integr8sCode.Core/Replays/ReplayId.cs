using System.Security.Cryptography;

namespace Integr8sCode.Replays;

/// <summary>
/// The id of what a session makes of an event, always the same: consumers' inboxes drop the repetition of a replayed message by it, and
/// a script is executed once more only once. A UUIDv7 with the time of the session.
/// </summary>
public static class ReplayId
{
    public static Guid Of(Guid sessionId, Guid eventId)
    {
        Span<byte> both = stackalloc byte[32];
        sessionId.TryWriteBytes(both, bigEndian: true, out _);
        eventId.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);

        return DerivedId.Of(both, hash[..16]);
    }
}
