using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Integr8sCode.Local;

/// <summary>
/// Loopback ports nobody listens on. They are taken from below the kernel's own range (32768 and up), where an outgoing
/// connection could occupy one between our look and the service's start.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        int port;
        do port = RandomNumberGenerator.GetInt32(First, End);
        while (!IsFree(port) || !Given.TryAdd(port, true));
        return port;
    }

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
