using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Integr8sCode.Notifications;

/// <summary>
/// <c>X-Integr8s-Signature: t=1767225600,v1=5257a8...</c>: the HMAC-SHA256 of <c>{t}.{body}</c> under the subscription's secret, in
/// hexadecimal, so that a receiver knows who sent the request and that it is not an old one sent again.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Integr8s-Signature";

    /// <summary>A new random secret: <c>whsec_</c> and 64 hexadecimal digits (256 bits).</summary>
    public static string NewSecret() => $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    /// <returns>The value of the header.</returns>
    public static string Sign(string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={time},v1={Compute(secret, body, time)}");
    }

    /// <returns>True where the header signs this body under this secret, at most <paramref name="tolerance"/> away from now.</returns>
    public static bool Verify(string secret, ReadOnlySpan<byte> body, string? header, DateTimeOffset now, TimeSpan tolerance)
    {
        if (header?.Split(',') is not [['t', '=', .. var timeText], ['v', '1', '=', .. var given]]
            || !long.TryParse(timeText, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || Math.Abs(now.ToUnixTimeSeconds() - time) > tolerance.TotalSeconds)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(Compute(secret, body, time)));
    }

    private static string Compute(string secret, ReadOnlySpan<byte> body, long time)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time}.")));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
