using System.Net;
using System.Net.Sockets;

namespace Integr8sCode.RateLimits;

/// <summary>Who calls, as far as the connection tells. Behind a configured proxy it is the address that the proxy tells.</summary>
internal static class ClientAddress
{
    private const int SiteBytes = 8;

    /// <summary>The address, or the /64 network of an IPv6 one: a single client has all of that.</summary>
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"{SiteOf(address)}/64",
        var address => address.ToString(),
    };

    private static IPAddress SiteOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, SiteBytes, bytes.Length - SiteBytes);
        return new(bytes);
    }
}
