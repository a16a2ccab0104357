using System.Security.Cryptography;
using System.Text;

namespace Integr8sCode.Users;

/// <summary>A caller's key as it is kept: only its hash, never the key.</summary>
/// <param name="Hash">SHA-256 of the key, hexadecimal. Keys carry 256 random bits, so a plain hash cannot be searched.</param>
/// <param name="Prefix">The key's first characters, to recognise it by.</param>
public sealed record ApiKey(string Hash, string Prefix, string UserId, UserRole Role, DateTimeOffset CreatedAt)
{
    private const string Marker = "i8s_";
    private const int PrefixLength = 10;

    /// <summary>A new random key: <c>i8s_</c> and 43 base64url characters (256 bits).</summary>
    public static string Generate() =>
        Marker + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static ApiKey Of(string key, string userId, UserRole role, DateTimeOffset createdAt) =>
        new(HashOf(key), key[..Math.Min(PrefixLength, key.Length)], userId, role, createdAt);

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
