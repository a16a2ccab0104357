using System.Net;
using System.Net.Sockets;

namespace Integr8sCode.Notifications;

/// <summary>Tells addresses of the internet from those that lead into somebody's own network.</summary>
public static class PublicAddress
{
    /// <summary>IANA's special-purpose registries, and multicast: nothing a user names may make us call there.</summary>
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // carrier-grade NAT, and metadata services of some clouds
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // the host agent of Azure, from inside any machine there
            "169.254.0.0/16", // link-local, and metadata services
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", // protocols, examples
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", // benchmarks, examples
            "224.0.0.0/4", "240.0.0.0/4", // multicast, reserved and broadcast
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Of IPv6, only global unicast is public, and of that not what stands for something else.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] ReservedUnicast =
    [
        .. new[]
        {
            "2001::/23", // protocols, Teredo among them
            "2001:db8::/32", "3fff::/20", // examples
            "2002::/16", // 6to4: carries an IPv4 address
        }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Reserved.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !ReservedUnicast.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
