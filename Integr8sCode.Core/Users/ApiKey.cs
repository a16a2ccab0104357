using System.Security.Cryptography;
using System.Text;

namespace Integr8sCode.Users;

/// <summary>A caller's key as it is kept: only its hash, never the key.</summary>
/// <param name="Prefix">The key's first characters, to recognise and find it by; not a secret.</param>
/// <param name="Salt">Random, hexadecimal; of this key alone.</param>
/// <param name="Hash">HMAC-SHA256 of the key under the salt, hexadecimal.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="ExpiresAt">From when on it is refused; <see langword="null"/> is never.</param>
/// <param name="LastUsedAt">Within about a minute; <see langword="null"/> is never.</param>
public sealed record ApiKey(
    Guid Id, string UserId, string? Name, string Prefix, string Salt, string Hash, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null, DateTimeOffset? LastUsedAt = null)
{
    private const string Marker = "i8s_";
    private const int PrefixLength = 10;
    private const int SaltBytes = 16;

    /// <summary>A new random key: <c>i8s_</c> and 43 base64url characters (256 bits).</summary>
    public static string Generate() =>
        Marker + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static ApiKey Of(string key, string userId, DateTimeOffset createdAt)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new(
            Guid.CreateVersion7(), userId, Name: null, PrefixOf(key), Convert.ToHexStringLower(salt),
            Convert.ToHexStringLower(HashOf(key, salt)), createdAt);
    }

    public static string PrefixOf(string key) => key[..Math.Min(PrefixLength, key.Length)];

    public bool IsExpiredAt(DateTimeOffset time) => ExpiresAt <= time;

    /// <summary>Whether this is the key, in a time that does not tell how much of it is right.</summary>
    public bool Matches(string key) =>
        CryptographicOperations.FixedTimeEquals(HashOf(key, Convert.FromHexString(Salt)), Convert.FromHexString(Hash));

    private static byte[] HashOf(string key, byte[] salt) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(key));
}
