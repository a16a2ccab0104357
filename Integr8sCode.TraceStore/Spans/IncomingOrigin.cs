using System.Security.Cryptography;
using Google.Protobuf;

namespace Integr8sCode.Spans;

/// <summary>An origin as it arrived; the hash of its bytes tells whether the store has it already.</summary>
internal sealed class IncomingOrigin(string service, ByteString resource, ByteString scope)
{
    public string Service => service;
    public ByteString Resource => resource;
    public ByteString Scope => scope;
    public string Hash { get; } = HashOf(resource.Span, scope.Span);

    private static string HashOf(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(resource.Length)); // so that no byte can move from one to the other
        hash.AppendData(resource);
        hash.AppendData(scope);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
