using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>
/// Resolves a name once, judges what it stands for and connects to exactly that: a name that stands for something else a moment later
/// gets nobody into our network.
/// </summary>
internal sealed class GuardedConnection(IOptions<DestinationOptions> destinations)
{
    /// <summary>Asks the system, unless a test stands in.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <exception cref="ForbiddenAddressException">One of the addresses is not public, and the host is not allow-listed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancellationToken);
        if (!destinations.Value.Allows(host, port) && !addresses.All(PublicAddress.Is))
        {
            throw new ForbiddenAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
